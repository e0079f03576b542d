using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Messages;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Signals;
using Leda.Harness.Simulator.Twins;
using Microsoft.Extensions.Time.Testing;

namespace Leda.Harness.Simulator.Tests.Messages;

public sealed class SlowDeliveryTests
{
    [Fact]
    public async Task Delivery_CountsAgainstTheTimeOut()
    {
        var (time, signals) = (new FakeTimeProvider(), new SignalHub());
        signals.Subscribe(new Full());
        var live = new LiveChannel(new ThingStore(time, new IdSource(1), new PolicyStore(time)), signals, time, new IdSource(2));
        var envelope = Envelope.Parse("""{"topic":"ns/t/things/live/messages/s","headers":{"correlation-id":"c"},"path":"/inbox/messages/s"}"""u8);

        var sent = live.SendAsync(new LiveSignal(TopicPath.Parse(envelope.Topic), envelope, null) { Caller = Caller.Harness, Wait = TimeSpan.FromSeconds(1) });
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(MessageOutcome.TimedOut, (await sent.WaitAsync(TimeSpan.FromSeconds(30), RealTime.Provider, TestContext.Current.CancellationToken)).Outcome);
    }

    /// <summary>Never has room.</summary>
    private sealed class Full : ISignalSubscriber
    {
        public void Take(Signal signal)
        {
        }

        public async ValueTask RoomAsync() => await new TaskCompletionSource().Task;
    }
}

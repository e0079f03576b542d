using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Protocol.Tests.Messaging;
using Leda.Harness.Simulator.Broker;
using Microsoft.Extensions.Time.Testing;

namespace Leda.Harness.Simulator.Tests.Broker;

public sealed class OverflowTests : BrokerTest
{
    protected override EmbeddedBrokerOptions Options { get; } = new() { MaxWaiting = 20, MaxInFlight = 10 };

    [Fact]
    public async Task Publish_QueueOfAnAbsentClientFull_LossIsSeenAndCounted()
    {
        await using (var first = Mosquitto.Subscribe(Broker.Port, "-c -i away -t t -q 1 -E"))
            Assert.Equal(0, await first.ExitAsync());
        await Tap.WaitForAsync(BusObservationKind.Disconnect, "away");

        await PublishAsync("-t t -m x -q 1 --repeat 20");
        Assert.Equal(0, Broker.Lost);
        await PublishAsync("-t t -m lost -q 1 --repeat 3");

        var seen = await Tap.WaitForAsync(BusObservationKind.Overflow, "away", "t", count: 3);
        Assert.Equal("lost"u8, seen.Payload.Span);
        Assert.Equal(3, Broker.Lost);
    }

    [Fact]
    public async Task Publish_ClientThatTakesNothing_LossIsSeenAndOthersAreServed()
    {
        var frozen = await SubscribeAsync("-i frozen -t t -q 1");
        var lively = await SubscribeAsync("-i lively -t t -q 1");
        frozen.Freeze();

        for (var i = 0; i < 40; i++)
            await PublishAsync($"-t t -m {i} -q 1");

        await Tap.WaitForAsync(BusObservationKind.Overflow, "frozen", "t", count: 10);
        Assert.Equal(Enumerable.Range(0, 39).Select(i => $"0 1 t {i}"), await lively.UntilAsync(" 39"));
        Assert.Equal(10, Broker.Lost);
    }

    [Fact]
    public async Task Publish_SlowSubscriber_TheAcknowledgementWaitsForIt()
    {
        // A clock that stands still, so that the broker's patience has no end.
        await using var broker = await EmbeddedBroker.StartAsync(Options with { Port = 0 }, new FakeTimeProvider());
        await using var slow = await RawMqtt.ConnectAsync(broker.Port, 4, "slow");
        await slow.SendAsync(0x82, [0, 1, .. RawMqtt.Text("t"), 1]);
        await slow.ExpectAsync(0x90, [0, 1, 1]);
        var factory = new MqttBusFactory(broker.Url, Patience.Clock);
        await using var publisher = factory.Create(new BusOptions { ClientId = "publisher" });
        await publisher.ConnectAsync();

        for (var i = 0; i < 19; i++) // ten on their way, nine waiting
            await publisher.PublishAsync(BusMessage.Of("t", "x"));
        var last = publisher.PublishAsync(BusMessage.Of("t", "x"));
        await using (var other = factory.Create(new BusOptions { ClientId = "other" }))
        {
            await other.ConnectAsync();
            await other.PublishAsync(BusMessage.Of("elsewhere", "x"));
        }

        Assert.False(last.IsCompleted);
        var (_, body) = await slow.ReadAsync();
        await slow.SendAsync(0x40, body[3..5]);
        await last.WaitAsync(Patience.Span);
        Assert.Equal(0, broker.Lost);
    }
}

using System.Threading.Channels;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Hono;
using Leda.Harness.Simulator.Signals;

namespace Leda.Harness.Simulator.Connector;

/// <summary>
/// Tells devices what others have changed on their twins: one-way commands with the event's action as subject; what a device has changed itself
/// it is not told (<c>connectors-and-leda.md</c> 4.6). While the connector is offline nothing is told, nor kept for later (1.8).
/// </summary>
/// <param name="connector">The way to the devices.</param>
internal sealed class DeviceEvents(CloudConnector connector) : ISignalSubscriber
{
    /// <summary>From here on whoever changes twins waits.</summary>
    private const int FullQueue = 1_000;

    private readonly Channel<Signal> _waiting = Channel.CreateUnbounded<Signal>();
    private TaskCompletionSource _room = NewSignal();

    public void Take(Signal signal)
    {
        if (signal.Topic is { Channel: TopicPath.TwinChannel, Criterion: Criterion.Events } && signal.Origin != CloudConnector.Origin
            && connector.IsOnline && connector.Serves(signal.Topic.ThingId))
            _waiting.Writer.TryWrite(signal);
    }

    public async ValueTask RoomAsync()
    {
        while (_waiting.Reader.Count >= FullQueue)
        {
            var room = Volatile.Read(ref _room).Task;
            if (_waiting.Reader.Count >= FullQueue)
                await room;
        }
    }

    /// <summary>Sends one after the other, until <see cref="End"/>.</summary>
    public Task RunAsync() => _waiting.Reader.ForEachAsync(async signal =>
    {
        await connector.SendCommandAsync(
            DeviceTopic.Command(signal.Topic.ThingId.ToString(), "", signal.Topic.Action), signal.Utf8);
        Interlocked.Exchange(ref _room, NewSignal()).TrySetResult();
    });

    /// <summary>Nothing more is sent than what waits.</summary>
    public void End() => _waiting.Writer.TryComplete();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

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
/// <param name="presence">Looks at a twin that somebody has made or replaced; <see langword="null"/> if nobody does.</param>
internal sealed class DeviceEvents(CloudConnector connector, DevicePresence? presence) : ISignalSubscriber
{
    /// <summary>From here on whoever changes twins waits.</summary>
    private const int FullQueue = 1_000;

    private readonly Channel<(ThingId Thing, Signal? Signal)> _waiting = Channel.CreateUnbounded<(ThingId, Signal?)>();
    private TaskCompletionSource _room = NewSignal();
    private volatile bool _isOver;

    public void Take(Signal signal)
    {
        if (signal.Topic is not { Channel: TopicPath.TwinChannel, Criterion: Criterion.Events } || !connector.IsOnline || !connector.Serves(signal.Topic.ThingId))
            return;
        if (signal.Origin != CloudConnector.Origin)
            _waiting.Writer.TryWrite((signal.Topic.ThingId, signal));
        else if (MayLackStatus(signal))
            _waiting.Writer.TryWrite((signal.Topic.ThingId, null));
    }

    /// <summary>Somebody begins or ceases to listen to a child's commands. The bus waits for this, so that it is looked at later.</summary>
    public void Look(string child)
    {
        if (ThingId.TryParse(child, out var thing, out _))
            _waiting.Writer.TryWrite((thing, null));
    }

    public async ValueTask RoomAsync()
    {
        while (IsFull)
        {
            var room = Volatile.Read(ref _room).Task;
            if (IsFull)
                await room;
        }
    }

    /// <summary>Sends one after the other, until <see cref="End"/>. After a defect, which comes out here, nobody waits for room.</summary>
    public async Task RunAsync()
    {
        try
        {
            await _waiting.Reader.ForEachAsync(SendAsync);
        }
        finally
        {
            End();
            _isOver = true;
            _room.TrySetResult();
        }
    }

    /// <summary>Nothing more is sent than what waits.</summary>
    public void End() => _waiting.Writer.TryComplete();

    private bool IsFull => !_isOver && _waiting.Reader.Count >= FullQueue;

    private async ValueTask SendAsync((ThingId Thing, Signal? Signal) next)
    {
        if (next.Signal is { } signal)
            await connector.SendCommandAsync(DeviceTopic.Command(next.Thing.ToString(), "", signal.Topic.Action), signal.Utf8);
        if (next.Signal is not { } seen || MayLackStatus(seen))
            presence?.Refresh(next.Thing);
        Interlocked.Exchange(ref _room, NewSignal()).TrySetResult();
    }

    /// <summary>Whether the twin is new or has been replaced, and the feature <c>ConnectionStatus</c> with it.</summary>
    private static bool MayLackStatus(Signal signal) => signal is { Topic.Action: not "deleted", Envelope.Path: "/" or "/features" };

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

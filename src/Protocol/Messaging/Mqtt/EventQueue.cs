using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Leda.Harness.Protocol.Messaging.Mqtt;

/// <summary>
/// The events of a client: bounded for messages, so that a slow reader holds the broker back, and open for news of the connection, so that
/// they never wait behind messages that nobody reads.
/// </summary>
internal sealed class EventQueue(int capacity) : ChannelReader<BusEvent>, IDisposable
{
    private readonly Channel<BusEvent> _events = Channel.CreateUnbounded<BusEvent>();
    private readonly SemaphoreSlim _room = new(capacity);

    public override Task Completion => _events.Reader.Completion;

    public override bool CanCount => true;

    public override int Count => _events.Reader.Count;

    public override bool TryRead([MaybeNullWhen(false)] out BusEvent item)
    {
        if (!_events.Reader.TryRead(out item))
            return false;
        if (item is BusEvent.Received)
            _room.Release();
        return true;
    }

    public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default) =>
        _events.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>Takes a message as soon as there is room.</summary>
    public async Task EnterAsync(BusEvent.Received message, CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken);
        Announce(message);
    }

    /// <summary>Takes an event at once.</summary>
    public void Announce(BusEvent happened) => _events.Writer.TryWrite(happened);

    /// <summary>Ends the queue; what is in it can still be read.</summary>
    public void Complete() => _events.Writer.TryComplete();

    public void Dispose() => _room.Dispose();
}

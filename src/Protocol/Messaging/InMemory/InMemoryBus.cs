using System.Threading.Channels;

namespace Leda.Harness.Protocol.Messaging.InMemory;

/// <summary>A client of <see cref="InMemoryBroker"/>. It has no state of its own but its events; the broker's turn owns the rest.</summary>
internal sealed class InMemoryBus(InMemoryBroker broker, BusOptions options) : IMessageBus
{
    // The broker bounds the messages (MaxWaiting); a bound here too would turn a slow reader into a deadlock of two.
    // (Not SingleReader: that channel cannot count.)
    private readonly Channel<BusEvent> _events = Channel.CreateUnbounded<BusEvent>();
    private Session? _session;
    private bool _disposed;

    public BusOptions Options => options;

    public string ClientId => options.ClientId;

    public ChannelReader<BusEvent> Events => _events.Reader;

    public bool IsConnected => _session is not null;

    public int Waiting => _events.Reader.Count;

    public Session Session => _session ?? throw new BusException(
        $"client '{ClientId}' is not connected to the in-memory bus; call ConnectAsync first");

    public Task ConnectAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_disposed, this);
        return broker.ConnectAsync(this);
    }

    public Task DisconnectAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return broker.LeaveAsync(this, "left", publishWill: false);
    }

    public Task AbortAsync() => broker.LeaveAsync(this, "lost: connection cut", publishWill: true);

    public Task SubscribeAsync(
        string filter, QualityOfService qos = QualityOfService.AtLeastOnce, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return broker.SubscribeAsync(this, Parse(filter), qos);
    }

    public Task UnsubscribeAsync(string filter, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return broker.UnsubscribeAsync(this, Parse(filter));
    }

    public Task PublishAsync(BusMessage message, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (TopicName.Check(message.Topic) is { } problem)
            throw new BusException($"client '{ClientId}' cannot publish: {problem}");
        return broker.PublishAsync(this, message);
    }

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        await DisconnectAsync();
        _events.Writer.TryComplete();
    }

    internal void Attach(Session session)
    {
        _session = session;
        session.Client = this;
    }

    internal void Detach(string reason)
    {
        Session.Client = null;
        _session = null;
        Enter(new BusEvent.Disconnected(reason));
    }

    internal void Enter(BusEvent happened) => _events.Writer.TryWrite(happened);

    private TopicFilter Parse(string filter) => TopicFilter.TryParse(filter, out var parsed, out var problem)
        ? parsed
        : throw new BusException($"client '{ClientId}' cannot subscribe: {problem}");
}

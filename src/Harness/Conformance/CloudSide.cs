using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Conformance;

/// <summary>
/// The suite as the cloud connector: a client of somebody's bus that tells who the gateway is and sends commands. On a broker of others it
/// writes the record, too, as far as a client can see.
/// </summary>
internal sealed class CloudSide : IAsyncDisposable
{
    /// <summary>Who it is on the record.</summary>
    public const string Name = "conform";

    private static readonly string[] _everything = ["edge/#", "e/#", "event/#", "t/#", "telemetry/#", "command/#", "c/#"];

    private readonly IMessageBus _bus;
    private readonly Journal? _record;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<(long From, GatewayIdentity Identity)> _identities = [];
    private readonly Task _loop;

    private CloudSide(IMessageBus bus, GatewayIdentity identity, Journal? record)
    {
        _bus = bus;
        _record = record;
        _identities.Add((0, identity));
        _loop = bus.Events.ForEachAsync(TakeAsync);
    }

    /// <summary>Who the gateway is at present.</summary>
    public GatewayIdentity Identity => _identities[^1].Identity;

    /// <summary>Another connector that tells identities on the same bus, as it was heard; <see langword="null"/> if there is none.</summary>
    public string? Rival { get; private set; }

    /// <summary>Connects.</summary>
    /// <param name="bus">A client, not yet connected, which is this one's from now on.</param>
    /// <param name="identity">Who the gateway is.</param>
    /// <param name="record">Where to write what is heard; <see langword="null"/> if the broker itself keeps the record.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<CloudSide> ConnectAsync(
        IMessageBus bus, GatewayIdentity identity, Journal? record, CancellationToken cancellationToken)
    {
        var cloud = new CloudSide(bus, identity, record);
        try
        {
            await bus.ConnectAsync(cancellationToken);
            await cloud._ready.Task;
            return cloud;
        }
        catch
        {
            await cloud.DisposeAsync();
            throw;
        }
    }

    /// <summary>Those who the gateway was told to be shortly before a place in the record: the last one, and the one before it, which the
    /// device may still speak for.</summary>
    public IEnumerable<GatewayIdentity> IdentitiesAt(long place) =>
        _identities.Where(i => i.From <= place).Reverse().Take(2).Select(i => i.Identity);

    /// <summary>Tells who the gateway is.</summary>
    /// <param name="identity">Who.</param>
    /// <param name="place">The next place in the record.</param>
    public Task AnnounceAsync(GatewayIdentity identity, long place)
    {
        if (identity != Identity)
            _identities.Add((place, identity));
        return _bus.PublishAsync(new BusMessage(EdgeTopics.ThingResponse, identity.ToUtf8()));
    }

    /// <summary>Publishes something else.</summary>
    public Task PublishAsync(string topic, ReadOnlyMemory<byte> payload) => _bus.PublishAsync(new BusMessage(topic, payload));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _bus.DisposeAsync();
        await _loop;
    }

    private async ValueTask TakeAsync(BusEvent happened)
    {
        try
        {
            if (happened is BusEvent.Connected)
                await SubscribeAsync();
            else if (happened is BusEvent.Received { Message: { Retain: false } message })
                await TakeAsync(message);
        }
        catch (BusException e)
        {
            _ready.TrySetException(e); // later ones are made good by the next connection
        }
    }

    private async Task SubscribeAsync()
    {
        foreach (var filter in _record is null ? [EdgeTopics.ThingRequest] : _everything)
            await _bus.SubscribeAsync(filter);
        _ready.TrySetResult();
    }

    private async Task TakeAsync(BusMessage message)
    {
        if (_record is not null)
            await _record.ObserveAsync(new BusObservation(BusObservationKind.Publish, Sender(message), message.Topic, message.Payload, message.Qos));
        if (message.Topic == EdgeTopics.ThingRequest)
            await _bus.PublishAsync(new BusMessage(EdgeTopics.ThingResponse, Identity.ToUtf8()));
    }

    /// <summary>MQTT does not tell who has published; what goes down is taken for ours.</summary>
    private string Sender(BusMessage message)
    {
        if (message.Topic != EdgeTopics.ThingResponse)
            return message.Topic.Split('/') is ["command" or "c", _, _, "req" or "q", ..] ? Name : "device";
        if (GatewayIdentity.TryParse(message.Payload.Span, out var told, out _) && !_identities.Any(i => i.Identity == told) && told.DeviceId.Length > 0)
            Rival = $"{told.DeviceId} of tenant {told.TenantId}";
        return Name;
    }
}

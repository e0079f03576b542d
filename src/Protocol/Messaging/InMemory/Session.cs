namespace Leda.Harness.Protocol.Messaging.InMemory;

/// <summary>What the broker keeps of a client: while it is connected, and beyond if the session is persistent. Owned by the broker's turn.</summary>
internal sealed class Session(string clientId)
{
    public string ClientId { get; } = clientId;

    /// <summary>The client on this session, or null while it is away.</summary>
    public InMemoryBus? Client { get; set; }

    public Dictionary<TopicFilter, Subscription> Subscriptions { get; } = [];

    /// <summary>What arrived while the client is away.</summary>
    public Queue<BusMessage> Waiting { get; } = new();

    /// <summary>The highest quality of service that the matching filters grant to the message at hand.</summary>
    public QualityOfService Granted { get; set; }

    /// <summary>Whether the message at hand already goes here.</summary>
    public bool IsChosen { get; set; }
}

/// <summary>One filter of one session; compared by reference, as each is in the index once.</summary>
internal sealed class Subscription(Session session, QualityOfService qos)
{
    public Session Session => session;

    public QualityOfService Qos => qos;
}

namespace Leda.Harness.Protocol.Messaging;

/// <summary>What a broker saw.</summary>
public enum BusObservationKind
{
    /// <summary>A client connected.</summary>
    Connect,

    /// <summary>A client left or was lost.</summary>
    Disconnect,

    /// <summary>A client subscribed.</summary>
    Subscribe,

    /// <summary>A client ended a subscription.</summary>
    Unsubscribe,

    /// <summary>A client published.</summary>
    Publish,

    /// <summary>A client did not take its messages and its queue is full: a failure, and never silent (architecture rule 3).</summary>
    Overflow,
}

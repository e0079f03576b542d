namespace Leda.Harness.Simulator.Journal;

/// <summary>What an entry of the journal records.</summary>
public enum JournalKind
{
    /// <summary>A client connected to the bus.</summary>
    Connect,

    /// <summary>A client left the bus or was lost.</summary>
    Disconnect,

    /// <summary>A client subscribed.</summary>
    Subscribe,

    /// <summary>A client ended a subscription.</summary>
    Unsubscribe,

    /// <summary>A client published.</summary>
    Publish,

    /// <summary>A client did not take its messages and its queue is full.</summary>
    Overflow,

    /// <summary>A twin changed; the payload is Ditto's event.</summary>
    TwinEvent,

    /// <summary>A twin command was refused; the payload is Ditto's error.</summary>
    TwinError,
}

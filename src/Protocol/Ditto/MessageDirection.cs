namespace Leda.Harness.Protocol.Ditto;

/// <summary>Which way a live message goes (<c>ditto.md</c> 3.1).</summary>
public enum MessageDirection
{
    /// <summary>To the thing or feature: an operation.</summary>
    Inbox,

    /// <summary>From the thing or feature: a response or an event of its own.</summary>
    Outbox,
}

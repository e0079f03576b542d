namespace Leda.Harness.Protocol.Ditto;

/// <summary>What kind of signal an envelope is, the fifth segment of its topic (<c>ditto.md</c> 1.2).</summary>
public enum Criterion
{
    /// <summary>A request to change or read a twin.</summary>
    Commands,

    /// <summary>Something changed.</summary>
    Events,

    /// <summary>A message to or from a device.</summary>
    Messages,

    /// <summary>A command failed.</summary>
    Errors,

    /// <summary>A search.</summary>
    Search,

    /// <summary>An acknowledgement.</summary>
    Acks,

    /// <summary>An announcement.</summary>
    Announcements,

    /// <summary>A stream of historical events.</summary>
    Streaming,
}

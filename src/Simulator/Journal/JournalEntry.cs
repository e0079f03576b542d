using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Simulator.Referee;

namespace Leda.Harness.Simulator.Journal;

/// <summary>One line of the record of everything seen.</summary>
public sealed record JournalEntry
{
    /// <summary>Its place in the record: 0, 1, 2 … without gaps; given when it is recorded.</summary>
    public long Sequence { get; init; }

    /// <summary>When it was seen, before it was delivered.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What it was.</summary>
    public required JournalKind Kind { get; init; }

    /// <summary>The MQTT client id; <c>twin</c> for what the twins say.</summary>
    public required string Who { get; init; }

    /// <summary>The topic of a publish or overflow, the filter of a subscribe or unsubscribe, otherwise empty.</summary>
    public string Topic { get; init; } = "";

    /// <summary>The bytes of a publish, event or error; otherwise empty.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>The quality of service that the client asked for.</summary>
    public QualityOfService Qos { get; init; }

    /// <summary>Whether the published message is to be retained.</summary>
    public bool Retain { get; init; }

    /// <summary>More, for people. May be empty.</summary>
    public string Detail { get; init; } = "";

    /// <summary>What the referee says of it.</summary>
    public Judgement Judgement { get; init; } = Judgement.None;
}

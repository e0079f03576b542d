using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Simulator.Journal;

/// <summary>Something seen that has no place in the record yet.</summary>
internal sealed record Seen(
    DateTimeOffset At,
    JournalKind Kind,
    string Who,
    string Topic,
    ReadOnlyMemory<byte> Payload,
    QualityOfService Qos,
    bool Retain,
    string Detail);

using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Simulator.Referee;

namespace Leda.Harness.Simulator.Journal;

/// <summary>One line of the record of everything seen.</summary>
/// <param name="Sequence">Its place in the record: 0, 1, 2 … without gaps.</param>
/// <param name="At">When it was seen, before it was delivered.</param>
/// <param name="Kind">What it was.</param>
/// <param name="Who">The MQTT client id; <c>twin</c> for what the twins say.</param>
/// <param name="Topic">The topic of a publish or overflow, the filter of a subscribe or unsubscribe, otherwise empty.</param>
/// <param name="Payload">The bytes of a publish, event or error; otherwise empty.</param>
/// <param name="Qos">The quality of service that the client asked for.</param>
/// <param name="Retain">Whether the published message is to be retained.</param>
/// <param name="Detail">More, for people. May be empty.</param>
/// <param name="Judgement">What the referee says of it.</param>
public sealed record JournalEntry(
    long Sequence,
    DateTimeOffset At,
    JournalKind Kind,
    string Who,
    string Topic,
    ReadOnlyMemory<byte> Payload,
    QualityOfService Qos,
    bool Retain,
    string Detail,
    Judgement Judgement);

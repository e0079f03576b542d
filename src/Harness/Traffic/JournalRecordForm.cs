using System.Text.Json;
using Leda.Harness.Simulator.Journal;
using Leda.Harness.Simulator.Referee;

namespace Leda.Harness.Traffic;

/// <summary>The harness's own journal, as <see cref="JournalText"/> writes it. What is published and what the twins say are messages.</summary>
internal static class JournalRecordForm
{
    /// <summary>The number of an entry in its journal; <see langword="null"/> if it is none.</summary>
    public static long? Sequence(JsonElement json) =>
        json.TryGetProperty("kind", out _) && json.TryGetProperty("seq", out var sequence) && sequence.ValueKind == JsonValueKind.Number && sequence.TryGetInt64(out var number)
            ? number
            : null;

    public static RecordReading? Read(JsonElement json, long line)
    {
        if (!json.TryGetProperty("seq", out _) || !json.TryGetProperty("kind", out _))
            return null;
        if (!Enum.TryParse<JournalKind>(RecordReading.Text(json, "kind"), out var kind) || !Enum.IsDefined(kind))
            return RecordReading.Problem(line, json, "The journal has no entries of this kind.");
        if (kind is not (JournalKind.Publish or JournalKind.TwinEvent or JournalKind.TwinError))
            return RecordReading.Context;
        var topic = RecordReading.Text(json, "topic");
        if (!RecordReading.TryReadPayload(json, out var payload) || (kind == JournalKind.Publish && topic.Length == 0))
            return RecordReading.Problem(line, json, "An entry of this kind has a 'payload' or 'payload64', and a 'topic' if it was published.");
        return new RecordReading(new TrafficMessage(
            line, new SeenMessage(RecordReading.Instant(json, "t", line), topic, payload) { Who = RecordReading.Text(json, "who") }));
    }
}

using System.Text.Json;
using Leda.Harness.Simulator.Referee;

namespace Leda.Harness.Traffic;

/// <summary>
/// A recording: <c>{"t", "topic", "qos", "retain", "from", "payload"}</c>, <c>t</c> in milliseconds since 1970, <c>broker</c> if there
/// are several. A <c>{"t", "note"}</c> is what its author says about it.
/// </summary>
internal static class RecordingForm
{
    public static RecordReading? Read(JsonElement json, long line)
    {
        if (!json.TryGetProperty("topic", out var topic))
            return json.TryGetProperty("note", out _) && json.TryGetProperty("t", out _) ? RecordReading.Context : null;
        var isEnvelope = json.TryGetProperty("path", out _) || json.TryGetProperty("headers", out _) || json.TryGetProperty("value", out _);
        var isRecorded = json.TryGetProperty("payload", out _) || json.TryGetProperty("payload64", out _) || json.TryGetProperty("t", out _);
        if (isEnvelope || !isRecorded)
            return null;
        if (topic.ValueKind != JsonValueKind.String || topic.GetString()!.Length == 0 || !RecordReading.TryReadPayload(json, out var payload))
            return RecordReading.Problem(line, json, "A recorded message has a 'topic' that is text, and a 'payload'.");
        return new RecordReading(new TrafficMessage(
            line,
            new SeenMessage(RecordReading.Instant(json, "t", line), topic.GetString()!, payload) { Who = RecordReading.Text(json, "from") },
            RecordReading.Text(json, "broker")));
    }
}

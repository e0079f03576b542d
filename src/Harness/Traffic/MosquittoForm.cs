using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Leda.Harness.Simulator.Referee;

namespace Leda.Harness.Traffic;

/// <summary>A line of <c>mosquitto_sub -F %j</c>, whose payload is a string, or of <c>-F %J</c>, whose payload is the JSON value itself.</summary>
internal static class MosquittoForm
{
    public static RecordReading? Read(JsonElement json, long line)
    {
        if (!json.TryGetProperty("tst", out _) || RecordReading.Text(json, "topic") is not { Length: > 0 } topic)
            return null;
        if (!RecordReading.TryReadPayload(json, out var payload))
            return RecordReading.Problem(line, json, "It has no 'payload'.");
        if (json.TryGetProperty("payload", out var text) && text.ValueKind == JsonValueKind.String && IsValue(json, text))
            payload = JsonMarshal.GetRawUtf8Value(text).ToArray();
        return new RecordReading(new TrafficMessage(line, new SeenMessage(RecordReading.Instant(json, "tst", line), topic, payload)));
    }

    /// <summary>Only the length tells the text <c>a</c> of the one form from the JSON string <c>"a"</c> of the other.</summary>
    private static bool IsValue(JsonElement json, JsonElement text) =>
        json.TryGetProperty("payloadlen", out var length) && length.TryGetInt32(out var bytes)
        && bytes != Encoding.UTF8.GetByteCount(text.GetString()!) && bytes == JsonMarshal.GetRawUtf8Value(text).Length;
}

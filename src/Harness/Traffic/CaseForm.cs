using System.Runtime.InteropServices;
using System.Text.Json;

namespace Leda.Harness.Traffic;

/// <summary>A payload with the name of its schema: <c>{"id", "schema", "doc"}</c>. Further members are its author's.</summary>
internal static class CaseForm
{
    public static RecordReading? Read(JsonElement json, long line)
    {
        if (RecordReading.Text(json, "schema") is not { Length: > 0 } schema)
            return null;
        return json.TryGetProperty("doc", out var document)
            ? new RecordReading(new TrafficPayload(line, RecordReading.Text(json, "id"), schema, JsonMarshal.GetRawUtf8Value(document).ToArray()))
            : RecordReading.Problem(line, json, "A case has a 'doc' beside its 'schema'.");
    }
}

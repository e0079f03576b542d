using System.Text.Json;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Referee;
using Leda.Harness.Traffic;

namespace Leda.Harness.Reports;

/// <summary>
/// What was found, for programs: one JSON object a message and line, <c>{"file", "line", "topic", "path", "verdict": "OK" | "WARN" | "ERROR",
/// "findings": [{"rule", "severity": "info" | "warning" | "error", "pointer", "expected", "seen", "hint"}]}</c>, with <c>schema</c> where one
/// was applied, and <c>id</c> where the input gives one.
/// </summary>
internal static class CheckJson
{
    /// <summary>The object's text without a line feed.</summary>
    public static byte[] Of(CheckedItem item) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("file", item.File);
        json.WriteNumber("line", item.Line);
        json.WriteString("topic", item.Topic);
        json.WriteString("path", item.Path);
        if (item.Schema.Length > 0)
            json.WriteString("schema", item.Schema);
        if (item.Name.Length > 0)
            json.WriteString("id", item.Name);
        json.WriteString("verdict", Wire.Of(item.Verdict));
        json.WriteStartArray("findings");
        foreach (var finding in item.Findings)
            Write(json, finding);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("rule", finding.Rule);
        json.WriteString("severity", Wire.Of(finding.Severity));
        json.WriteString("pointer", finding.Where);
        json.WriteString("expected", finding.Expected);
        json.WriteString("seen", finding.Seen);
        json.WriteString("hint", finding.Hint);
        json.WriteEndObject();
    }
}

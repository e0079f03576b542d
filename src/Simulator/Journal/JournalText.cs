using System.Text.Json;
using System.Text.Unicode;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Referee;

namespace Leda.Harness.Simulator.Journal;

/// <summary>The journal as text: one JSON object a line, the same bytes for the same entries.</summary>
public static class JournalText
{
    /// <summary>One entry as a line of UTF-8 JSON, without the line feed: <c>seq</c>, <c>t</c>, <c>kind</c>, <c>who</c>, <c>topic</c>,
    /// <c>qos</c>, <c>retain</c>, <c>payload</c> as published (or <c>payload64</c>, base64, if it is no UTF-8), <c>detail</c>,
    /// <c>verdict</c> and <c>findings</c>, each left out where it says nothing.</summary>
    public static byte[] ToLine(JournalEntry entry) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("seq", entry.Sequence);
        writer.WriteString("t", entry.At.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'"));
        writer.WriteString("kind", entry.Kind.ToString());
        writer.WriteString("who", entry.Who);
        if (entry.Topic.Length > 0)
            writer.WriteString("topic", entry.Topic);
        if (entry.Kind is JournalKind.Publish or JournalKind.Subscribe)
            writer.WriteNumber("qos", (int)entry.Qos);
        if (entry.Retain)
            writer.WriteBoolean("retain", true);
        if (entry.Kind is JournalKind.Publish or JournalKind.TwinEvent or JournalKind.TwinError)
            WritePayload(writer, entry.Payload.Span);
        if (entry.Detail.Length > 0)
            writer.WriteString("detail", entry.Detail);
        WriteJudgement(writer, entry);
        writer.WriteEndObject();
    });

    private static void WritePayload(Utf8JsonWriter writer, ReadOnlySpan<byte> payload)
    {
        if (Utf8.IsValid(payload))
            writer.WriteString("payload", payload);
        else
            writer.WriteBase64String("payload64", payload);
    }

    private static void WriteJudgement(Utf8JsonWriter writer, JournalEntry entry)
    {
        if (entry.Judgement.Verdict == Verdict.Unjudged)
            return;
        writer.WriteString("verdict", entry.Judgement.Verdict.ToString());
        if (entry.Judgement.Findings.Count == 0)
            return;
        writer.WriteStartArray("findings");
        foreach (var finding in entry.Judgement.Findings)
        {
            writer.WriteStartObject();
            writer.WriteString("rule", finding.Rule);
            writer.WriteString("severity", finding.Severity.ToString());
            writer.WriteString("where", finding.Where);
            writer.WriteString("expected", finding.Expected);
            writer.WriteString("seen", finding.Seen);
            writer.WriteString("hint", finding.Hint);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}

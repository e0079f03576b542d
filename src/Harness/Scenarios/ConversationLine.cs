using System.Text.Json;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Journal;
using Leda.Harness.Simulator.Referee;

namespace Leda.Harness.Scenarios;

/// <summary>One entry of the journal in one line for people: when, who, what, where, and what the referee says.</summary>
internal static class ConversationLine
{
    /// <summary>The line, without colour.</summary>
    public static string Of(JournalEntry entry)
    {
        var verdict = entry.Judgement.Verdict == Verdict.Unjudged ? "" : $"  {entry.Judgement.Verdict.ToString().ToUpperInvariant()}";
        return $"{entry.At:HH:mm:ss.fff}  {PlainText.Of(Who(entry)),-12}  {PlainText.Of(What(entry))}{verdict}{Findings(entry)}";
    }

    /// <summary>Who it was; ids that are UUIDs, as the device's, are cut short.</summary>
    public static string Who(JournalEntry entry) => Guid.TryParseExact(entry.Who, "D", out _) ? $"device {entry.Who[..4]}" : entry.Who;

    /// <summary>What it was: for a message its topic, and the path and status of its envelope.</summary>
    public static string What(JournalEntry entry) => entry.Kind switch
    {
        JournalKind.Publish => $"{entry.Topic}{EnvelopeOf(entry)}",
        JournalKind.TwinEvent or JournalKind.TwinError => EnvelopeOf(entry).TrimStart(),
        JournalKind.Connect or JournalKind.Disconnect => $"{Verb(entry)} {entry.Detail}".TrimEnd(),
        _ => $"{Verb(entry)} {entry.Topic}",
    };

    private static string Verb(JournalEntry entry) => entry.Kind.ToString().ToLowerInvariant();

    private static string EnvelopeOf(JournalEntry entry)
    {
        if (!Envelope.TryParse(entry.Payload.Span, out var envelope, out _))
            return entry.Payload.IsEmpty ? "" : $"  ({entry.Payload.Length} bytes)";
        var action = TopicPath.TryParse(envelope.Topic, out var topic, out _) ? $"{topic.Criterion.ToWire()}/{topic.Action}" : envelope.Topic;
        var status = envelope.Status is { } code ? $" = {code}" : "";
        return $"  {action} {envelope.Path}{State(envelope)}{status}";
    }

    // The one value that a reader of the conversation always wants to see.
    private static string State(Envelope envelope) =>
        envelope.Path.EndsWith("/properties/status/state", StringComparison.Ordinal) && envelope.Value is { ValueKind: JsonValueKind.Object } value
        && value.TryGetProperty("status", out var state)
            ? $" {state}"
            : "";

    private static string Findings(JournalEntry entry) =>
        string.Concat(entry.Judgement.Findings.Where(f => f.Severity != Severity.Info).Select(f => $"\n                        {PlainText.Of(f.ToString())}"));
}

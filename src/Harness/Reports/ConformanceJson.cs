using System.Text.Json;
using Leda.Harness.Conformance;
using Leda.Harness.Explanations;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Coverage;
using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Reports;

/// <summary>A conformance report for programs. Messages stand once, as lines of a journal; results name them by their numbers.</summary>
internal static class ConformanceJson
{
    /// <summary>The report as UTF-8 JSON.</summary>
    public static byte[] Of(ConformanceReport report) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("profile", report.Profile);
        writer.WriteString("device", report.Identity.DeviceId);
        writer.WriteString("tenant", report.Identity.TenantId);
        writer.WriteString("broker", report.Where);
        writer.WriteString("started", report.Started.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
        writer.WriteNumber("seconds", Math.Round(report.Took.TotalSeconds, 3));
        writer.WriteBoolean("interrupted", report.IsInterrupted);
        writer.WriteNumber("passed", report.Count(Outcome.Passed));
        writer.WriteNumber("failed", report.Count(Outcome.Failed));
        writer.WriteNumber("notApplicable", report.Count(Outcome.NotApplicable));
        if (report.Coverage is { } coverage)
            Write(writer, coverage);
        writer.WriteStartArray("results");
        foreach (var result in report.Results)
            Write(writer, result);
        writer.WriteEndArray();
        writer.WriteStartArray("messages");
        foreach (var entry in report.Results.SelectMany(r => r.Evidence).DistinctBy(e => e.Sequence).OrderBy(e => e.Sequence))
            writer.WriteRawValue(JournalText.ToLine(entry));
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter writer, CoverageReport coverage)
    {
        writer.WriteStartObject("coverage");
        writer.WriteNumber("percent", Math.Round(coverage.Percent, 2));
        foreach (var group in coverage.Groups)
        {
            writer.WriteStartObject(group.Name);
            foreach (var item in group.Items)
                writer.WriteNumber(item.Name, item.Count);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, RequirementResult result)
    {
        writer.WriteStartObject();
        writer.WriteString("id", result.Id);
        writer.WriteString("outcome", result.Outcome == Outcome.NotApplicable ? "not applicable" : result.Outcome.ToString().ToLowerInvariant());
        writer.WriteString("requirement", result.Sentence);
        writer.WriteString("rule", result.Source);
        if (result.Outcome == Outcome.Failed)
        {
            writer.WriteString("expected", result.Expected);
            writer.WriteString("seen", result.Seen);
            if (result.Hint.Length > 0)
                writer.WriteString("hint", result.Hint);
            Write(writer, result.Why);
        }

        if (result.Outcome == Outcome.NotApplicable)
            writer.WriteString("reason", result.Reason);
        writer.WriteNumber("seconds", Math.Round(result.Took.TotalSeconds, 3));
        Write(writer, "evidence", result.Evidence.Select(e => e.Sequence));
        Write(writer, "wrong", result.Wrong.Order());
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<Explanation> why)
    {
        writer.WriteStartArray("whyNot");
        foreach (var explanation in why)
        {
            writer.WriteStartObject();
            writer.WriteString("cause", explanation.Cause);
            if (explanation.At is { } at)
                writer.WriteNumber("seq", at);
            writer.WriteString("text", explanation.Text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, string name, IEnumerable<long> numbers)
    {
        writer.WriteStartArray(name);
        foreach (var number in numbers)
            writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }
}

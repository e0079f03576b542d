using System.Text;
using Leda.Harness.Conformance;
using Leda.Harness.Scenarios;

namespace Leda.Harness.Reports;

/// <summary>A conformance report for wikis, merge requests and job summaries: failures in full, the rest as a table.</summary>
internal static class ConformanceMarkdown
{
    /// <summary>The report as Markdown.</summary>
    public static string Of(ConformanceReport report)
    {
        var text = new StringBuilder();
        text.Append($"# Conformance: {(report.Failures.Any() ? "failed" : "passed")}\n\n");
        text.Append($"{report.Summary} in {report.Took.TotalSeconds:0.0} s, profile `{report.Profile}`, device {Code(report.Identity.DeviceId)}, tenant {Code(report.Identity.TenantId)}, broker {Code(report.Where)}.\n");
        foreach (var failure in report.Failures)
            Explain(text, failure);
        text.Append("\n## All requirements\n\n| | id | requirement | rule |\n|---|---|---|---|\n");
        foreach (var result in report.Results)
            text.Append($"| {Mark(result.Outcome)} | {result.Id} | {Cell(result.Sentence)}{(result.Outcome == Outcome.NotApplicable ? $" *{Cell(result.Reason)}*" : "")} | {Cell(result.Source)} |\n");
        if (report.Coverage is { } coverage)
            text.Append($"\n## Protocol coverage: {coverage.Rounded} %\n\n{CoverageMarkdown.Section(coverage)}");
        return text.Append('\n').ToString();
    }

    private static void Explain(StringBuilder text, RequirementResult failure)
    {
        text.Append($"\n## {failure.Id} {Cell(failure.Sentence)}\n\n- expected: {Code(failure.Expected)}\n- seen: {Code(failure.Seen)}\n");
        foreach (var explanation in failure.Why)
            text.Append($"- why not: {Cell(explanation.ToString())}\n");
        if (failure.Hint.Length > 0)
            text.Append($"- try: {Cell(failure.Hint)}\n");
        text.Append($"- rule: {Cell(failure.Source)}\n");
        if (failure.Evidence.Count == 0)
            return;
        text.Append("\n<details><summary>The conversation</summary>\n\n");
        foreach (var entry in failure.Evidence)
            text.Append($"    {(failure.Wrong.Contains(entry.Sequence) ? '>' : ' ')} {ConversationLine.Of(entry).ReplaceLineEndings("\n    ")}\n");
        text.Append("\n</details>\n");
    }

    private static string Mark(Outcome outcome) => outcome switch
    {
        Outcome.Passed => "✅",
        Outcome.Failed => "❌",
        _ => "➖",
    };

    private static string Cell(string text) => text.ReplaceLineEndings(" ").Replace("\\", "\\\\").Replace("|", "\\|").Replace("<", "&lt;").Replace("*", "\\*").Replace("`", "\\`").Replace("[", "\\[");

    /// <summary>Text as code, whatever it is: with more backticks around it than it has inside.</summary>
    private static string Code(string text)
    {
        var fence = new string('`', 1 + text.Split('`').Length - 1);
        return $"{fence} {text.ReplaceLineEndings(" ")} {fence}";
    }
}

using System.Text;
using Leda.Harness.Protocol;
using Leda.Harness.Simulator.Coverage;

namespace Leda.Harness.Reports;

/// <summary>Protocol coverage for wikis, merge requests and job summaries.</summary>
internal static class CoverageMarkdown
{
    /// <summary>A document of its own.</summary>
    public static string Of(CoverageReport report) => $"# Protocol coverage: {report.Rounded} %\n\n{Section(report)}";

    /// <summary>The tables, below a heading of somebody else's.</summary>
    public static string Section(CoverageReport report)
    {
        var text = new StringBuilder();
        text.Append($"{report.Covered} of {report.Total} of the profile `{report.Profile}`.\n\n| | exercised | missing |\n|---|---|---|\n");
        foreach (var group in report.Groups)
            text.Append($"| {group.Name} | {group.Covered} of {group.Items.Count} | {Names(group.Items.Where(item => item.Count == 0))} |\n");
        text.Append("\n<details><summary>How often</summary>\n\n| | | times |\n|---|---|---:|\n");
        foreach (var group in report.Groups)
        {
            foreach (var item in group.Items)
                text.Append($"| {group.Name} | {Code(item.Name)} | {item.Count} |\n");
            foreach (var item in group.Others)
                text.Append($"| {group.Name}, others | {Code(item.Name)} | {item.Count} |\n");
        }

        return text.Append("\n</details>\n").ToString();
    }

    private static string Names(IEnumerable<CoverageItem> items) => string.Join(", ", items.Select(item => Code(item.Name)));

    /// <summary>What devices call things must not break the table.</summary>
    private static string Code(string text) => $"`{PlainText.Of(text).Replace('`', '\'').Replace("|", "\\|", StringComparison.Ordinal)}`";
}

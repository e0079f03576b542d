using System.Net;
using Leda.Harness.Simulator.Coverage;

namespace Leda.Harness.Reports;

/// <summary>Protocol coverage as a part of a page.</summary>
internal static class CoverageHtml
{
    /// <summary>A section; empty without a report.</summary>
    public static string Of(CoverageReport? report) => report is null
        ? ""
        : $"<section id=\"coverage\"><h2>Protocol coverage: {report.Rounded} %, {report.Covered} of {report.Total}</h2>{string.Concat(report.Groups.Select(Group))}</section>\n";

    private static string Group(CoverageGroup group) =>
        $"<details class=\"message\"><summary><code class=\"time\">{group.Covered} of {group.Items.Count}</code><span class=\"label\">{Text(group.Name)}</span></summary><div class=\"body\"><dl>{string.Concat(group.Items.OrderBy(i => i.Count > 0).Select(Row))}</dl></div></details>\n";

    private static string Row(CoverageItem item) =>
        $"<dt>{(item.Count > 0 ? $"{item.Count} times" : "never")}</dt><dd{(item.Count > 0 ? "" : " class=\"seen\"")}>{Text(item.Name)}</dd>";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}

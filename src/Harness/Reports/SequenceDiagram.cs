using System.Net;
using System.Text;
using Leda.Harness.Conformance;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Reports;

/// <summary>A conversation drawn as SVG: three lifelines, time from top to bottom, wrong messages marked.</summary>
internal static class SequenceDiagram
{
    private const int Cloud = 70;
    private const int Broker = 390;
    private const int Device = 710;
    private const int Width = 780;
    private const int Head = 44;
    private const int Row = 30;

    /// <summary>The drawing, to be put into a page; each arrow links to its message there.</summary>
    /// <param name="entries">What was said.</param>
    /// <param name="wrong">What of it is wrong.</param>
    public static string Of(IReadOnlyList<JournalEntry> entries, IReadOnlySet<long> wrong)
    {
        var height = Head + (entries.Count * Row) + 16;
        var svg = new StringBuilder();
        svg.Append($"<svg class=\"sequence\" viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"sequence diagram of {entries.Count} messages\">");
        foreach (var (x, name) in new[] { (Cloud, "cloud"), (Broker, "connector"), (Device, "device") })
        {
            svg.Append($"<line class=\"life\" x1=\"{x}\" y1=\"30\" x2=\"{x}\" y2=\"{height - 4}\"/>");
            svg.Append($"<rect class=\"actor\" x=\"{x - 56}\" y=\"4\" width=\"112\" height=\"26\" rx=\"6\"/><text class=\"name\" x=\"{x}\" y=\"22\">{name}</text>");
        }

        for (var i = 0; i < entries.Count; i++)
            Draw(svg, entries[i], Head + (i * Row) + 18, wrong.Contains(entries[i].Sequence));
        return svg.Append("</svg>").ToString();
    }

    private static void Draw(StringBuilder svg, JournalEntry entry, int y, bool isWrong)
    {
        var (from, to) = Ends(entry);
        var tip = to > from ? -8 : 8;
        var dashed = entry.Kind == JournalKind.Publish ? "" : " dashed";
        svg.Append($"<a href=\"#m{entry.Sequence}\"><g class=\"{(isWrong ? "arrow wrong" : "arrow")}{dashed}\"><title>{WebUtility.HtmlEncode(entry.Topic)}</title>");
        svg.Append($"<line x1=\"{from}\" y1=\"{y}\" x2=\"{to + tip}\" y2=\"{y}\"/><path d=\"M{to} {y}l{tip} -5v10z\"/>");
        svg.Append($"<text x=\"{(from + to) / 2}\" y=\"{y - 6}\">{(isWrong ? "✗ " : "")}{WebUtility.HtmlEncode(MessageLabel.Of(entry))}</text></g></a>");
    }

    private static (int From, int To) Ends(JournalEntry entry) => entry switch
    {
        { Kind: not JournalKind.Publish } => entry.Who == CloudSide.Name ? (Cloud, Broker) : (Device, Broker),
        { Topic: EdgeTopics.ThingResponse } => (Broker, Device),
        { Topic: EdgeTopics.ThingRequest } => (Device, Broker),
        { Who: CloudSide.Name } => (Cloud, Device),
        _ => (Device, Cloud),
    };
}

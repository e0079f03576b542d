using Leda.Harness.Protocol;
using Leda.Harness.Simulator.Referee;
using Leda.Harness.Traffic;

namespace Leda.Harness.Reports;

/// <summary>What was found, for people: the message in one line, and below it what is wrong, where, by which rule, and what to try.</summary>
internal static class CheckText
{
    /// <summary>Where the message stands and what it is, such as <c>traffic.txt:12 ERROR command//…/create /features/…</c>.</summary>
    public static string Head(CheckedItem item)
    {
        string[] words = [item.Name, item.Topic, item.Path, item.Topic.Length == 0 ? item.Schema : ""];
        var what = string.Join("  ", words.Where(word => word.Length > 0));
        var verdict = item.Verdict == Verdict.Unjudged ? "OK" : Wire.Of(item.Verdict);
        return PlainText.Of($"{item.File}:{item.Line}  {verdict,-5}  {what}{(item.Verdict == Verdict.Unjudged ? "  (not judged)" : "")}".TrimEnd());
    }

    /// <summary>A finding in a few lines, indented.</summary>
    public static IEnumerable<string> Lines(Finding finding)
    {
        var where = finding.Where.Length == 0 ? "" : $"  at {finding.Where}";
        yield return PlainText.Of($"    {Wire.Of(finding.Severity)}  {finding.Rule}{where}");
        yield return PlainText.Of($"        expected  {finding.Expected}");
        yield return PlainText.Of($"        seen      {finding.Seen}");
        yield return PlainText.Of($"        try       {finding.Hint}");
    }
}

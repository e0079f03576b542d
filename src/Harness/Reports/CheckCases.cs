using Leda.Harness.Simulator.Referee;
using Leda.Harness.Traffic;

namespace Leda.Harness.Reports;

/// <summary>What was found, for CI servers: one test case a message.</summary>
internal static class CheckCases
{
    /// <summary>The case of a message.</summary>
    /// <param name="item">The message.</param>
    /// <param name="isFailure">Whether its verdict fails the check.</param>
    public static JUnitCase Of(CheckedItem item, bool isFailure)
    {
        string[] words = [item.Name, item.Topic.Length > 0 ? item.Topic : item.Schema, item.Path];
        var name = string.Join(' ', words.Where(word => word.Length > 0));
        var findings = item.Findings.Where(finding => finding.Rule != TrafficJudge.UnjudgedRule).ToList();
        var text = string.Join('\n', findings.SelectMany(CheckText.Lines));
        return new JUnitCase(item.File, $"line {item.Line} {name}".TrimEnd(), TimeSpan.Zero, isFailure ? Failure(findings, text) : null, isFailure ? null : text);
    }

    private static JUnitFailure Failure(List<Finding> findings, string text)
    {
        var worst = findings.MaxBy(finding => finding.Severity)!;
        return new JUnitFailure(worst.ToString(), text, worst.Rule);
    }
}

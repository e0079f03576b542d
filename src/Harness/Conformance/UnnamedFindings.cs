using Leda.Harness.Simulator.Journal;
using Leda.Harness.Simulator.Referee;

namespace Leda.Harness.Conformance;

/// <summary>What the referee finds in the device's messages and no requirement has named.</summary>
/// <param name="requirements">All that is required.</param>
/// <param name="results">What became of it.</param>
/// <param name="device">The device, its record settled.</param>
internal sealed class UnnamedFindings(IReadOnlyList<Requirement> requirements, IReadOnlyList<RequirementResult> results, DeviceUnderTest device)
{
    private const string Sentence = "The referee finds no fault in what the device says.";

    /// <summary>One result for each rule that is broken; one alone if there is none.</summary>
    public List<RequirementResult> Results
    {
        get
        {
            var said = device.Said().Where(m => !IsProvoked(m)).ToList();
            var failures = results.Where(r => r.Outcome == Outcome.Failed).ToList();
            var named = failures.ConvertAll(r => new NamedFindings(requirements.Single(q => q.Id == r.Id), r, device.Said()));
            var broken = said
                .SelectMany(m => m.Entry.Judgement.Findings.Where(f => f.Severity == Severity.Error).Select(f => (Finding: f, m.Entry)))
                .Where(f => !named.Exists(n => n.Has(f.Finding, f.Entry)))
                .GroupBy(f => f.Finding.Rule)
                .ToList();
            if (broken.Count > 0)
                return broken.ConvertAll(rule => Failed(rule.Key, [.. rule]));
            return failures.Count > 0 && said.Exists(m => m.Entry.Judgement.Verdict == Verdict.Error)
                ? [new RequirementResult("RF", Sentence, "docs/rules.md", Outcome.NotApplicable) { Reason = "what it finds is named above" }]
                : [new RequirementResult("RF", Sentence, "docs/rules.md", Outcome.Passed)];
        }
    }

    private static RequirementResult Failed(string rule, List<(Finding Finding, JournalEntry Entry)> found)
    {
        var first = found[0].Finding;
        return new RequirementResult($"RF-{rule}", Sentence, rule, Outcome.Failed)
        {
            Expected = first.Expected,
            Seen = first.Seen + (first.Where.Length > 0 ? $" at {first.Where}" : "") + (found.Count > 1 ? $", {found.Count} times" : ""),
            Hint = first.Hint,
            Evidence = [.. found.Select(f => f.Entry).DistinctBy(e => e.Sequence).Take(20)],
            Wrong = found.Select(f => f.Entry.Sequence).ToHashSet(),
        };
    }

    /// <summary>Whether it answers a command that was wrong on purpose, and has to repeat what was wrong in it.</summary>
    private bool IsProvoked(DeviceMessage message) =>
        message.IsAnswer && !device.Exchanges.Exists(x => x.Command.IsWellFormed && x.IsAnsweredBy(message));
}

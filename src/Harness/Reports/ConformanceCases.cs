using Leda.Harness.Conformance;
using Leda.Harness.Scenarios;

namespace Leda.Harness.Reports;

/// <summary>A conformance report as the cases of a JUnit report.</summary>
internal static class ConformanceCases
{
    /// <summary>One case for each requirement.</summary>
    public static IEnumerable<JUnitCase> Of(ConformanceReport report) => report.Results.Select(r => new JUnitCase(
        $"{report.Profile}.{r.Theme}", $"{r.Id} {r.Sentence}", r.Took,
        r.Outcome == Outcome.Failed ? new JUnitFailure($"expected {r.Expected}, seen {r.Seen}", $"expected {r.Expected}\nseen     {r.Seen}\nrule     {r.Source}\n{r.Hint}{string.Concat(r.Why.Select(w => $"\nwhy not  {w}"))}", r.Id) : null,
        r.Outcome == Outcome.Failed ? string.Join('\n', r.Evidence.Select(ConversationLine.Of)) : null)
    {
        Skipped = r.Outcome == Outcome.NotApplicable ? r.Reason : null,
    });
}

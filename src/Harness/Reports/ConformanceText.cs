using Leda.Harness.Conformance;
using Leda.Harness.Protocol;
using Leda.Harness.Scenarios;

namespace Leda.Harness.Reports;

/// <summary>The report for people at a terminal: each requirement in one line as it comes, the failures once more in the end.</summary>
internal static class ConformanceText
{
    private const int MostLines = 12;

    /// <summary>Tells one result.</summary>
    public static void Show(RequirementResult result, TextWriter text) =>
        text.WriteLine($"{Word(result.Outcome),-8} {result.Id,-6} {result.Sentence}{(result.Outcome == Outcome.NotApplicable ? $" — {PlainText.Of(result.Reason)}" : "")}");

    /// <summary>Tells what failed and the sum.</summary>
    public static void Conclude(ConformanceReport report, TextWriter text)
    {
        foreach (var failure in report.Failures)
            Explain(failure, text);
        text.WriteLine($"\n{report.Summary} in {report.Took.TotalSeconds:0.0} s: {report.Profile} {report.Identity.DeviceId} at {report.Where}{(report.IsInterrupted ? ", interrupted" : "")}");
    }

    /// <summary>What an outcome is called.</summary>
    public static string Word(Outcome outcome) => outcome == Outcome.NotApplicable ? "n/a" : outcome.ToString().ToLowerInvariant();

    private static void Explain(RequirementResult failure, TextWriter text)
    {
        text.WriteLine($"\n{failure.Id}  {failure.Sentence}");
        text.WriteLine($"  expected  {PlainText.Of(failure.Expected)}");
        text.WriteLine($"  seen      {PlainText.Of(failure.Seen)}");
        foreach (var explanation in failure.Why)
            text.WriteLine($"  why not   {explanation}");
        if (failure.Hint.Length > 0)
            text.WriteLine($"  try       {PlainText.Of(failure.Hint)}");
        text.WriteLine($"  rule      {failure.Source}");
        var shown = failure.Evidence.Where(e => failure.Wrong.Contains(e.Sequence)).DefaultIfEmpty().First() is null
            ? failure.Evidence.TakeLast(MostLines).ToList()
            : failure.Evidence.Where(e => failure.Wrong.Contains(e.Sequence)).Take(MostLines).ToList();
        foreach (var entry in shown)
            text.WriteLine($"  {(failure.Wrong.Contains(entry.Sequence) ? '>' : ' ')} {ConversationLine.Of(entry with { Judgement = Simulator.Referee.Judgement.None })}");
        if (failure.Evidence.Count > shown.Count)
            text.WriteLine($"    … of {failure.Evidence.Count} messages; all are in the reports");
    }
}

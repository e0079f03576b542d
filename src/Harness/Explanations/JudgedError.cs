using Leda.Harness.Simulator.Referee;

namespace Leda.Harness.Explanations;

/// <summary>A message is so wrong that a real cloud or a real device ignores it.</summary>
internal sealed class JudgedError : Cause
{
    /// <inheritdoc/>
    public override Explanation? Find(Record record)
    {
        var wrong = record.Messages.Where(m => m.Entry.Judgement.Verdict == Verdict.Error)
            .OrderByDescending(m => record.Awaited.Feature is { } feature && m.Feature == feature)
            .ThenBy(m => m.Entry.Sequence) // the later ones may be about the first
            .FirstOrDefault();
        return wrong?.Entry.Judgement.Findings.FirstOrDefault(f => f.Severity == Severity.Error) is { } finding
            ? At(wrong.Entry, $"the message on {wrong.Entry.Topic} is wrong, and a real receiver ignores it: {finding}")
            : null;
    }
}

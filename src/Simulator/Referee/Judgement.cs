namespace Leda.Harness.Simulator.Referee;

/// <summary>What the referee found out about one message.</summary>
/// <param name="Verdict">The outcome: that of the worst finding.</param>
/// <param name="Criterion">
/// Id of the schema that the message, or the value in its envelope, was held against (see <see cref="SchemaCatalogue.Entries"/>);
/// empty if there was none.
/// </param>
/// <param name="Findings">What deviates and what else is worth knowing; empty for most messages.</param>
public sealed record Judgement(Verdict Verdict, string Criterion, IReadOnlyList<Finding> Findings)
{
    /// <summary>Nothing to say: the message is none of ours.</summary>
    public static Judgement None { get; } = new(Verdict.Unjudged, "", []);

    internal static Judgement Of(string criterion, IReadOnlyList<Finding> findings)
    {
        var verdict = Verdict.Ok;
        foreach (var finding in findings)
        {
            if (finding.Severity == Severity.Error)
                return new Judgement(Verdict.Error, criterion, findings);
            if (finding.Severity == Severity.Warning)
                verdict = Verdict.Warning;
        }

        return new Judgement(verdict, criterion, findings);
    }
}

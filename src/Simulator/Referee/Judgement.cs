using Leda.Harness.Simulator.Referee.Contract;

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
    /// <summary>How many findings a judgement has at most; more are counted in one that says so.</summary>
    internal const int MostFindings = 50;

    /// <summary>How long each text of a finding is at most, but for a note on how much is missing.</summary>
    internal const int MostCharacters = 500;

    /// <summary>Nothing to say: the message is none of ours.</summary>
    public static Judgement None { get; } = new(Verdict.Unjudged, "", []);

    internal static Judgement Of(string criterion, List<Finding> findings)
    {
        var worst = findings.Count == 0 ? Severity.Info : findings.Max(finding => finding.Severity);
        var verdict = worst switch
        {
            Severity.Error => Verdict.Error,
            Severity.Warning => Verdict.Warning,
            _ => Verdict.Ok,
        };
        var kept = findings.Count > MostFindings ? Cut(findings) : findings;
        return new Judgement(verdict, criterion, kept.ConvertAll(Bounded));
    }

    private static List<Finding> Cut(List<Finding> findings) =>
    [
        .. findings.OrderByDescending(finding => finding.Severity).Take(MostFindings),
        new Finding(Rule.More, Severity.Info, "", $"at most {MostFindings} findings", $"{findings.Count}", "Repair the first ones, then look again."),
    ];

    /// <summary>Findings are kept in the journal: a megabyte of topic must not come along with each.</summary>
    private static Finding Bounded(Finding finding) => finding with
    {
        Where = Words.Short(finding.Where, MostCharacters),
        Expected = Words.Short(finding.Expected, MostCharacters),
        Seen = Words.Short(finding.Seen, MostCharacters),
        Hint = Words.Short(finding.Hint, MostCharacters),
    };
}

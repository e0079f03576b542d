using Leda.Harness.Explanations;
using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Conformance;

/// <summary>What became of one requirement, and what shows it.</summary>
internal sealed record RequirementResult(string Id, string Sentence, string Source, Outcome Outcome)
{
    /// <summary>Of a failed one: what was expected.</summary>
    public string Expected { get; init; } = "";

    /// <summary>Of a failed one: what was seen instead.</summary>
    public string Seen { get; init; } = "";

    /// <summary>Of one that failed because something did not come: what explains it, the most telling first.</summary>
    public IReadOnlyList<Explanation> Why { get; init; } = [];

    /// <summary>Of a failed one: what makes it the same defect as others that failed so; empty if nothing does.</summary>
    public string Kind { get; init; } = "";

    /// <summary>What to try; may be empty.</summary>
    public string Hint { get; init; } = "";

    /// <summary>Of one that was not applicable: why.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The messages that were looked at, in their order.</summary>
    public IReadOnlyList<JournalEntry> Evidence { get; init; } = [];

    /// <summary>Those of them that are wrong.</summary>
    public IReadOnlySet<long> Wrong { get; init; } = new HashSet<long>();

    /// <summary>How long it took.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>The letters that requirements of one theme have in common.</summary>
    public string Theme => Id[..2];
}

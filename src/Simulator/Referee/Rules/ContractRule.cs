namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>One thing that the contract asks for and that can be told from messages. What there are stands in <see cref="RuleBook"/>.</summary>
public abstract class ContractRule
{
    private protected ContractRule()
    {
    }

    /// <summary>Its name in findings, stable: people filter by it.</summary>
    public abstract string Id { get; }

    /// <summary>How bad it is to break it, at worst.</summary>
    public abstract Severity Severity { get; }

    /// <summary>What must be.</summary>
    public abstract string Sentence { get; }

    /// <summary>What to do when it is not so.</summary>
    public abstract string Hint { get; }

    /// <summary>Where it comes from.</summary>
    public abstract string Source { get; }

    /// <summary>Messages that keep it.</summary>
    public abstract IReadOnlyList<ExampleMessage> Passing { get; }

    /// <summary>Messages of which one, the last as a rule, breaks it.</summary>
    public abstract IReadOnlyList<ExampleMessage> Failing { get; }

    private protected Finding Found(string where, string expected, string seen, string? hint = null, Severity? severity = null) =>
        new(Id, severity ?? Severity, where, expected, seen, hint ?? Hint);
}

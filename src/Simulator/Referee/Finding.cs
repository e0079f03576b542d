namespace Leda.Harness.Simulator.Referee;

/// <summary>One thing that a message does wrong: a peer's misbehaviour is never an exception (architecture rule 4).</summary>
/// <param name="Rule">Id of the rule, stable, for example <c>schema/container</c> or <c>SEM-15</c>.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Where">JSON pointer into the payload, or <c>topic</c>, or empty for the message as a whole.</param>
/// <param name="Expected">What the rule expects there.</param>
/// <param name="Seen">What stands there.</param>
/// <param name="Hint">What to try.</param>
public sealed record Finding(string Rule, Severity Severity, string Where, string Expected, string Seen, string Hint)
{
    /// <summary>The finding in one line.</summary>
    public override string ToString()
    {
        var where = Where.Length == 0 ? "" : $" at {Where}";
        return $"{Rule}{where}: expected {Expected}, seen {Seen}. {Hint}";
    }
}

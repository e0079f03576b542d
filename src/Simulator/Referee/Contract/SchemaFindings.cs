using Leda.Harness.Simulator.JsonSchema;

namespace Leda.Harness.Simulator.Referee.Contract;

/// <summary>Turns nested violations into flat findings, one for each thing that somebody has to change.</summary>
internal static class SchemaFindings
{
    public static IEnumerable<Finding> Of(IEnumerable<Violation> violations, string rule, Severity severity)
    {
        var flat = violations.SelectMany(Flatten).ToList();
        var wrongKind = flat.Where(IsWrongKind).Select(violation => violation.At).ToHashSet();

        // The wrong kind says it all: what else the schemas of one place ask for is of no use.
        return flat.Where(violation => IsWrongKind(violation) || !wrongKind.Contains(violation.At))
            .Select(violation => new Finding(
                rule, severity, violation.Where, SchemaWords.Expected(violation), SchemaWords.Seen(violation), SchemaWords.Hint(violation)))
            .Distinct()
            .Take(Judgement.MostFindings);
    }

    private static IReadOnlyList<Violation> Flatten(Violation violation) => violation.Keyword is "anyOf" or "oneOf" ? Nearest(violation) : [violation];

    /// <summary>
    /// Of several alternatives the one that the sender most likely meant: with the fewest deviations, and of the right kind at all. The
    /// choice itself is the finding if there is no such alternative.
    /// </summary>
    private static IReadOnlyList<Violation> Nearest(Violation choice)
    {
        var nearest = choice.Alternatives
            .Select(violations => violations.SelectMany(Flatten).ToList())
            .Where(violations => violations.Count > 0 && !violations.Exists(violation => violation.At == choice.At && IsWrongKind(violation)))
            .MinBy(violations => violations.Count);
        return nearest ?? [choice];
    }

    private static bool IsWrongKind(Violation violation) => violation.Keyword is "type" or "";
}

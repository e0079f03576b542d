using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Rql;

namespace Leda.Harness.Simulator.Twins;

/// <summary>The header <c>merge-thing-patch-conditions</c>: each part of a patch whose condition does not hold for the present state is left out
/// of it; what is left empty stays (<c>ditto.md</c> 2.7).</summary>
internal static class PatchConditions
{
    /// <summary>The command with what is left of its patch.</summary>
    /// <param name="conditions">The header, <c>{"features/f/properties/x": "gt(…)"}</c>.</param>
    /// <param name="thing">The thing as it is.</param>
    /// <param name="now">The instant that <c>time:now</c> means.</param>
    /// <param name="command">A merge.</param>
    /// <param name="reader">What the caller may read: a condition that looks at anything else is refused.</param>
    /// <param name="filtered">The result.</param>
    /// <param name="error">Why the header cannot be used.</param>
    public static bool TryApply(
        JsonElement conditions, Thing thing, DateTimeOffset now, TwinCommand command, Enforcer reader,
        [NotNullWhen(true)] out TwinCommand? filtered, [NotNullWhen(false)] out DittoError? error)
    {
        filtered = null;
        error = conditions.ValueKind == JsonValueKind.Object ? null : Invalid();
        if (error is not null)
            return false;
        var subject = new ThingSubject(thing) { Now = now };
        foreach (var (path, text) in conditions.EnumerateObject().Select(m => (m.Name, m.Value)))
        {
            if (text.ValueKind != JsonValueKind.String || !JsonPointer.TryParse("/" + path.TrimStart('/'), out var place, out _))
                error = Invalid();
            else if (RqlExpression.TryParse(text.GetString()!, out var condition, out error) && !ThingAccess.CanAsk(reader, condition))
                error = TwinErrors.ConditionFailed();
            else if (error is null && !condition!.Matches(subject, RqlSemantics.InMemory))
                command = command with { Value = Without(command, place) };
            if (error is not null)
                return false;
        }

        filtered = command;
        return true;
    }

    private static JsonElement? Without(TwinCommand command, JsonPointer place)
    {
        var at = JsonPointer.Parse(command.Path.ToString()).Segments;
        if (command.Value is not { } patch || !place.Segments.AsSpan().StartsWith(at.AsSpan()))
            return command.Value;
        return place.Segments.Length == at.Length ? JsonText.Parse("{}") : place.Skip(at.Length).Remove(patch);
    }

    private static DittoError Invalid() =>
        TwinErrors.HeaderInvalid("merge-thing-patch-conditions", "expected an object of paths and RQL expressions");
}

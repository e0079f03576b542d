using System.Diagnostics.CodeAnalysis;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Rql;

namespace Leda.Harness.Simulator.Twins;

/// <summary>
/// What a command demands of the twin's present state by <c>condition</c> (<c>ditto.md</c> 2.9), <c>if-match</c> and <c>if-none-match</c>, and
/// whether it is to do nothing when nothing would change, and to say no more than what changes (<c>if-equal</c>) (2.8).
/// </summary>
internal sealed record Preconditions(RqlExpression? Condition, EntityTags? IfMatch, EntityTags? IfNoneMatch, bool SkipEqual, bool Minimizes = false)
{
    private static readonly string[] _headers = ["condition", "if-match", "if-none-match", "if-equal"];
    private static readonly Preconditions _none = new(null, null, null, false);

    public static bool TryRead(DittoHeaders headers, [NotNullWhen(true)] out Preconditions? conditions, [NotNullWhen(false)] out DittoError? error)
    {
        conditions = _none;
        error = null;
        if (!_headers.Any(h => headers.Find(h) is not null))
            return true;
        EntityTags? noneMatch = null;
        RqlExpression? condition = null;
        error = Read(headers, "if-match", out var match) ?? Read(headers, "if-none-match", out noneMatch) ?? Read(headers, out condition);
        var equal = headers.Text("if-equal") ?? "update";
        if (equal is not ("update" or "skip" or "skip-minimizing-merge"))
            error ??= TwinErrors.HeaderInvalid("if-equal", "expected 'update', 'skip' or 'skip-minimizing-merge'");
        conditions = error is null ? new Preconditions(condition, match, noneMatch, equal != "update", equal == "skip-minimizing-merge") : null;
        return error is null;
    }

    /// <summary>What is said if the condition does not hold for a thing, or reads what the caller may not.</summary>
    public DittoError? CheckCondition(Thing thing, DateTimeOffset now, Enforcer reader) =>
        Condition is null
        || (ThingAccess.CanAsk(reader, Condition) && Condition.Matches(new ThingSubject(thing) { Now = now }, RqlSemantics.InMemory))
            ? null
            : TwinErrors.ConditionFailed();

    /// <summary>What is said to a command that reads, given the tag of what is there.</summary>
    public TwinOutcome? CheckRead(string tag)
    {
        if (IfMatch is not null && !IfMatch.Match(tag))
            return Failed("if-match", tag);
        return IfNoneMatch is not null && IfNoneMatch.Match(tag)
            ? TwinOutcome.Refused(TwinErrors.NotModified()) with { ETag = tag }
            : null;
    }

    /// <summary>What is said to a command that writes, given the tag of what is there, if anything is.</summary>
    public TwinOutcome? CheckWrite(string? tag)
    {
        if (IfMatch is not null && (tag is null || !IfMatch.Match(tag)))
            return Failed("if-match", tag);
        return IfNoneMatch is not null && tag is not null && IfNoneMatch.Match(tag) ? Failed("if-none-match", tag) : null;
    }

    private static TwinOutcome Failed(string header, string? tag) =>
        TwinOutcome.Refused(TwinErrors.PreconditionFailed(header)) with { ETag = tag };

    private static DittoError? Read(DittoHeaders headers, out RqlExpression? condition)
    {
        condition = null;
        return headers.Text("condition") is not { } text || RqlExpression.TryParse(text, out condition, out var error) ? null : error;
    }

    private static DittoError? Read(DittoHeaders headers, string name, out EntityTags? tags)
    {
        tags = null;
        return headers.Find(name) is null || EntityTags.TryParse(headers.Text(name) ?? "", out tags)
            ? null
            : TwinErrors.HeaderInvalid(name, "expected '*' or entity tags in double quotes");
    }
}

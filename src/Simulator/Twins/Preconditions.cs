using System.Diagnostics.CodeAnalysis;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Twins;

/// <summary>
/// What a command demands of the twin's present state by <c>if-match</c> and <c>if-none-match</c>, and whether it is to do nothing when
/// nothing would change (<c>if-equal</c>) (<c>ditto.md</c> 2.8).
/// </summary>
internal sealed record Preconditions(EntityTags? IfMatch, EntityTags? IfNoneMatch, bool SkipEqual, bool Minimize)
{
    private static readonly Preconditions _none = new(null, null, false, false);

    public static bool TryRead(DittoHeaders headers, [NotNullWhen(true)] out Preconditions? conditions, [NotNullWhen(false)] out DittoError? error)
    {
        conditions = _none;
        error = null;
        if (headers.Find("if-match") is null && headers.Find("if-none-match") is null && headers.Find("if-equal") is null)
            return true;
        EntityTags? match = null, noneMatch = null;
        error = Read(headers, "if-match", out match) ?? Read(headers, "if-none-match", out noneMatch);
        var equal = headers.Text("if-equal") ?? "update";
        if (equal is not ("update" or "skip" or "skip-minimizing-merge"))
            error ??= TwinErrors.HeaderInvalid("if-equal", "expected 'update', 'skip' or 'skip-minimizing-merge'");
        conditions = error is null ? new Preconditions(match, noneMatch, equal != "update", equal == "skip-minimizing-merge") : null;
        return error is null;
    }

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

    private static DittoError? Read(DittoHeaders headers, string name, out EntityTags? tags)
    {
        tags = null;
        return headers.Find(name) is null || EntityTags.TryParse(headers.Text(name) ?? "", out tags)
            ? null
            : TwinErrors.HeaderInvalid(name, "expected '*' or entity tags in double quotes");
    }
}

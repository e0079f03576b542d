namespace Leda.Harness.Explanations;

/// <summary>It happened, but before it was waited for.</summary>
internal sealed class TooEarly : Cause
{
    /// <inheritdoc/>
    public override Explanation? Find(Record record) =>
        record.All.LastOrDefault(e => e.Sequence < record.Awaited.From && record.Awaited.Matches(e)) is { } early
            ? At(early, $"it came before, as the last of its kind, by {early.Who} on {(early.Topic.Length > 0 ? early.Topic : early.Kind.ToString())}; what came before the last action does not count")
            : null;
}

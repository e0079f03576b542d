using System.Text.Json;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Twins;

/// <summary>One past change of a twin, or its present state.</summary>
/// <param name="Thing">The twin after the change, or as it was last if the change took it away.</param>
/// <param name="Revision">The revision that the change made.</param>
/// <param name="At">When it happened.</param>
/// <param name="IsGone">Whether the change took the twin away.</param>
internal sealed record HistoryEntry(Thing Thing, long Revision, DateTimeOffset At, bool IsGone = false)
{
    /// <summary><c>created</c>, <c>modified</c>, <c>merged</c> or <c>deleted</c>; <see langword="null"/> if the state is all that is known.</summary>
    public string? Action { get; init; }

    /// <summary>What has changed.</summary>
    public ResourcePath Path { get; init; } = ResourcePath.Thing;

    /// <summary>The patch of a merge; any other event's value is what stands in the twin.</summary>
    public JsonElement? Patch { get; init; }

    /// <summary>The event's metadata.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>The topic of the change's event.</summary>
    /// <exception cref="InvalidOperationException">The state is all that is known.</exception>
    public TopicPath Topic => TopicPath.TwinEvent(Thing.Id, Action ?? throw new InvalidOperationException("The state is all that is known."));

    /// <summary>The change's event, without the headers of its command, which nobody keeps (<c>ditto.md</c> 5.7).</summary>
    public Envelope ToEvent() => new()
    {
        Topic = Topic.ToString(),
        Headers = DittoHeaders.Of(null, false, IsDeletion ? null : Action == "merged" ? DittoHeaders.MergePatchContentType : DittoHeaders.JsonContentType),
        Path = Path.ToString(),
        Value = IsDeletion ? null : Patch ?? (Thing.TryGet(Path, out var value) ? value : null),
        Revision = Revision,
        Timestamp = Instant.ToText(At),
        Metadata = Metadata,
    };

    private bool IsDeletion => Action == "deleted";
}

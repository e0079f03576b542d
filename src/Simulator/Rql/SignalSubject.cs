using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Simulator.Rql;

/// <summary>
/// A signal as a subscription's filter sees it (<c>ditto.md</c> 5.4): of an event what it changes, and of every signal what the subscriber
/// had added from the thing's state (<c>extra</c>), its topic and its path. What did not change and was not added is not there.
/// Made once for a signal, it is changed for each subscriber: <c>subject with { Extra = … }</c>.
/// </summary>
public sealed record SignalSubject : RqlSubject
{
    /// <summary>The signal's topic.</summary>
    public required TopicPath Topic { get; init; }

    /// <summary>The signal's path, for example <c>/features/lamp/properties/on</c>.</summary>
    public required string Path
    {
        get => _path;
        init
        {
            _path = value;
            _at = JsonPointer.TryParse(value, out var pointer, out _) ? pointer : JsonPointer.Root;
        }
    }

    /// <summary>The signal's value; only an event's counts as the thing's data. <see langword="null"/> if absent, as after a delete.</summary>
    public JsonElement? Value { get; init; }

    /// <summary>Fields of the thing after the change; the change goes before them. <see langword="null"/> if there are none.</summary>
    public JsonElement? Extra { get; init; }

    /// <summary>The thing's revision, for <c>_revision</c>; <see langword="null"/> if the signal has none.</summary>
    public long? Revision { get; init; }

    /// <summary>When the change was made, for <c>_modified</c>; <see langword="null"/> if the signal does not tell.</summary>
    public DateTimeOffset? Modified { get; init; }

    private readonly string _path = "/";
    private readonly JsonPointer _at = JsonPointer.Root;

    private protected override RqlValue? Read(RqlProperty property) => property.Kind switch
    {
        RqlPropertyKind.ThingId => RqlValue.Of(Topic.ThingId.ToString()),
        RqlPropertyKind.Namespace => RqlValue.Of(Topic.ThingId.Namespace),
        RqlPropertyKind.Revision when Revision is { } revision => RqlValue.Of(revision),
        RqlPropertyKind.Modified when Modified is { } modified => RqlValue.Of(RqlTime.ToText(modified)),
        RqlPropertyKind.Signal => SignalPlaceholder(property.Name) is { } text ? RqlValue.Of(text) : null,
        _ => Data(property),
    };

    private RqlValue? Data(RqlProperty property)
    {
        var changed = Topic.Criterion == Criterion.Events && Value is { } value ? Changed(property, value) : null;
        if (Extra is not { } extra || (changed is not null && !property.IsWildcard))
            return changed;
        var added = RqlPath.Find(extra, property.Pointer.Segments.AsSpan(), property.IsWildcard ? 1 : -1);
        return changed is { } one && added is { } other ? RqlValue.OfSeveral([one, other]) : changed ?? added;
    }

    private RqlValue? Changed(RqlProperty property, JsonElement value)
    {
        var (here, wanted) = (_at.Segments, property.Pointer.Segments);
        var wildcard = property.IsWildcard ? 1 : -1;
        for (var i = 0; i < Math.Min(here.Length, wanted.Length); i++)
        {
            if (i != wildcard && here[i] != wanted[i])
                return null;
        }

        return here.Length > wanted.Length
            ? RqlValue.Object
            : RqlPath.Find(value, wanted.AsSpan()[here.Length..], wildcard - here.Length);
    }

    private string? SignalPlaceholder(string name) => name switch
    {
        "topic:full" => Topic.ToString(),
        "topic:namespace" or "entity:namespace" => Topic.ThingId.Namespace,
        "topic:entityName" or "entity:name" => Topic.ThingId.Name,
        "topic:group" => "things",
        "topic:channel" => Topic.Channel,
        "topic:criterion" => Topic.Criterion.ToWire(),
        "topic:action" => Topic.Criterion is Criterion.Commands or Criterion.Events ? Topic.Action : null,
        "topic:subject" => Topic.Criterion == Criterion.Messages ? Topic.Action : null,
        "topic:action-subject" => Topic.Action.Length > 0 ? Topic.Action : null,
        "resource:type" => Topic.Criterion == Criterion.Messages ? "message" : "thing",
        "resource:path" => Path,
        "entity:id" => Topic.ThingId.ToString(),
        _ => null,
    };
}

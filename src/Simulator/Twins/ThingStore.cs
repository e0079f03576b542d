using System.Collections.Immutable;
using System.Text.Json;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Twins;

/// <summary>
/// All digital twins, in memory. The only place that changes them: one command at a time, each change one revision and one event
/// (<c>ditto.md</c> 2.1 and 2.2). Readers get snapshots and never wait.
/// </summary>
/// <param name="time">Gives the instants of changes.</param>
/// <param name="ids">Gives the correlation ids of events whose command has none.</param>
public sealed class ThingStore(TimeProvider time, IdSource ids)
{
    private readonly Lock _writing = new();
    private readonly Dictionary<ThingId, long> _lastRevisions = [];
    private ImmutableDictionary<ThingId, Thing> _things = ImmutableDictionary<ThingId, Thing>.Empty;

    /// <summary>The twin of that id, or <see langword="null"/>.</summary>
    public Thing? Find(ThingId id) => Volatile.Read(ref _things).GetValueOrDefault(id);

    /// <summary>Makes an empty twin if there is none, as Hono's auto-provisioning and Ditto's implicit creation do for a gateway's child.</summary>
    /// <returns>The <c>created</c> event, or <see langword="null"/> if there was one already.</returns>
    public Envelope? Provision(ThingId id)
    {
        lock (_writing)
        {
            return _things.ContainsKey(id) ? null : Store(id, ResourcePath.Thing, New(id), "created", null);
        }
    }

    /// <summary>Executes <c>create</c>, <c>modify</c> or <c>delete</c>.</summary>
    /// <param name="topic">The command's topic.</param>
    /// <param name="command">The command.</param>
    public TwinOutcome Execute(TopicPath topic, Envelope command)
    {
        if (!ResourcePath.TryParse(command.Path, out var path, out var problem))
            return TwinOutcome.Refused(TwinErrors.UnknownPath(problem));
        lock (_writing)
        {
            return topic.Action switch
            {
                "create" when path.Kind == ResourceKind.Thing => Create(topic.ThingId, command),
                "modify" when path.Kind == ResourceKind.Thing => ModifyThing(topic.ThingId, command),
                "modify" => Modify(topic.ThingId, path, command),
                "delete" when path.Kind == ResourceKind.Thing => DeleteThing(topic.ThingId, command),
                "delete" => Delete(topic.ThingId, path, command),
                _ => TwinOutcome.Refused(TwinErrors.UnknownTopic($"'{topic.Action}' is not supported for the path '{path}'.")),
            };
        }
    }

    private TwinOutcome Create(ThingId id, Envelope command) =>
        _things.ContainsKey(id) ? TwinOutcome.Refused(TwinErrors.Conflict(id)) : ModifyThing(id, command);

    private TwinOutcome ModifyThing(ThingId id, Envelope command)
    {
        if (TwinValues.Check(id, ResourcePath.Thing, command.Value) is { } error)
            return TwinOutcome.Refused(error);
        var before = Find(id);
        var after = (before ?? New(id)).Replace(command.Value!.Value);
        var change = Store(id, ResourcePath.Thing, after, before is null ? "created" : "modified", command);
        return before is null ? new TwinOutcome(201, change.Value, null, change) : new TwinOutcome(204, null, null, change);
    }

    private TwinOutcome Modify(ThingId id, ResourcePath path, Envelope command)
    {
        if (Find(id) is not { } before)
            return TwinOutcome.Refused(TwinErrors.ThingNotFound(id));
        if (path is { Kind: ResourceKind.Feature, Pointer.IsRoot: false } && before.Feature(path.FeatureId!) is null)
            return TwinOutcome.Refused(TwinErrors.FeatureNotFound(id, path.FeatureId!));
        if (TwinValues.Check(id, path, command.Value) is { } error)
            return TwinOutcome.Refused(error);
        var existed = before.TryGet(path, out _);
        var change = Store(id, path, before.Set(path, command.Value!.Value), existed ? "modified" : "created", command);
        return existed ? new TwinOutcome(204, null, null, change) : new TwinOutcome(201, command.Value, null, change);
    }

    private TwinOutcome DeleteThing(ThingId id, Envelope command)
    {
        if (Find(id) is not { } before)
            return TwinOutcome.Refused(TwinErrors.ThingNotFound(id));
        var change = Store(id, ResourcePath.Thing, before, "deleted", command);
        Volatile.Write(ref _things, _things.Remove(id));
        return new TwinOutcome(204, null, null, change);
    }

    private TwinOutcome Delete(ThingId id, ResourcePath path, Envelope command)
    {
        if (Find(id) is not { } before)
            return TwinOutcome.Refused(TwinErrors.ThingNotFound(id));
        if (!before.TryGet(path, out _))
            return TwinOutcome.Refused(TwinErrors.NotFound(id, path));
        return new TwinOutcome(204, null, null, Store(id, path, before.Remove(path), "deleted", command));
    }

    private Thing New(ThingId id) =>
        new() { Id = id, Revision = 0, Created = time.GetUtcNow(), Modified = time.GetUtcNow() };

    private Envelope Store(ThingId id, ResourcePath path, Thing after, string action, Envelope? command)
    {
        var now = time.GetUtcNow();
        var revision = _lastRevisions.GetValueOrDefault(id) + 1;
        var stored = after with { Revision = revision, Modified = now };
        _lastRevisions[id] = revision;
        Volatile.Write(ref _things, _things.SetItem(id, stored));
        JsonElement? value = action == "deleted" ? null : path.Kind == ResourceKind.Thing ? stored.ToJson() : command!.Value;
        return new Envelope
        {
            Topic = TopicPath.TwinEvent(id, action).ToString(),
            Headers = DittoHeaders.Of(
                command?.Headers.CorrelationId ?? ids.NewUuid(), false, value is null ? null : DittoHeaders.JsonContentType),
            Path = path.ToString(),
            Value = value,
            Revision = revision,
            Timestamp = now.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"),
        };
    }
}

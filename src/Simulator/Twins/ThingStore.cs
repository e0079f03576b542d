using System.Collections.Concurrent;
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
/// <param name="changed">Is told of each change in the order of revisions, before anyone is answered. It must not wait, nor come back here to write.</param>
public sealed class ThingStore(TimeProvider time, IdSource ids, Action<TwinChange>? changed = null)
{
    private readonly Lock _writing = new();
    private readonly Dictionary<ThingId, long> _lastRevisions = [];
    private ImmutableArray<Action<TwinChange>> _observers = [];
    private readonly ConcurrentDictionary<ThingId, Thing> _things = [];

    /// <summary>All twins at present, in no particular order.</summary>
    public IEnumerable<Thing> All => _things.Select(t => t.Value);

    /// <summary>The twin of that id, or <see langword="null"/>.</summary>
    public Thing? Find(ThingId id) => _things.GetValueOrDefault(id);

    /// <summary>Has someone told of every change from now on, in order, while the store is held: be quick, and change no twin.</summary>
    public void Observe(Action<TwinChange> observer)
    {
        lock (_writing)
            _observers = _observers.Add(observer);
    }

    /// <summary>Makes an empty twin if there is none, as Hono's auto-provisioning and Ditto's implicit creation do for a gateway's child.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="origin">The connection that caused it; <see langword="null"/> if it has no ears.</param>
    public void Provision(ThingId id, string? origin = null)
    {
        lock (_writing)
        {
            if (!_things.ContainsKey(id))
                Store(new TwinCommand(id, "create", ResourcePath.Thing, null, DittoHeaders.Empty) { Origin = origin }, null, new TwinPlan(New(id), "created", New(id).ToJson()));
        }
    }

    /// <summary>Executes a command.</summary>
    public TwinOutcome Execute(TwinCommand command)
    {
        if (!Preconditions.TryRead(command.Headers, out var conditions, out var error))
            return TwinOutcome.Refused(error);
        if (command.Action == "retrieve")
            return Retrieve(command, conditions);
        lock (_writing)
        {
            var before = Find(command.Thing);
            if (before is null && (command.Action == "delete" || command.Path.Kind != ResourceKind.Thing))
                return TwinOutcome.Refused(TwinErrors.ThingNotFound(command.Thing));
            if (command.Action == "delete" && TwinErrors.Missing(before!, command.Path) is { } missing)
                return TwinOutcome.Refused(missing);
            if (before is not null && conditions.CheckCondition(before, time.GetUtcNow()) is { } unmet)
                return TwinOutcome.Refused(unmet);
            if (conditions.CheckWrite(EntityTag.Of(before, command.Path)) is { } failed)
                return failed;
            var plan = Plan(before, command);
            if (plan.Error is not null)
                return TwinOutcome.Refused(plan.Error);
            if (conditions.SkipEqual && ChangesNothing(before, plan.After, command.Path))
                return TwinOutcome.Refused(TwinErrors.PreconditionFailed("if-equal")) with { ETag = EntityTag.Of(before, command.Path) };
            return Store(command, before, plan);
        }
    }

    /// <summary>Puts back a twin as it was before a restart, or, if it was gone, where its numbering goes on; nobody is told.</summary>
    internal void Restore(ThingId id, long lastRevision, Thing? thing)
    {
        lock (_writing)
        {
            _lastRevisions[id] = lastRevision;
            if (thing is not null)
                _things[id] = thing;
        }
    }

    private static bool ChangesNothing(Thing? before, Thing? after, ResourcePath path) =>
        before is not null && after is not null
        && before.TryGet(path, out var old) && after.TryGet(path, out var current) && JsonElement.DeepEquals(old, current);

    private TwinOutcome Retrieve(TwinCommand command, Preconditions conditions)
    {
        if (Find(command.Thing) is not { } thing)
            return TwinOutcome.Refused(TwinErrors.ThingNotFound(command.Thing));
        if (TwinErrors.Missing(thing, command.Path) is { } missing)
            return TwinOutcome.Refused(missing);
        if (conditions.CheckCondition(thing, time.GetUtcNow()) is { } failed)
            return TwinOutcome.Refused(failed);
        var tag = EntityTag.Of(thing, command.Path)!;
        if (conditions.CheckRead(tag) is { } refused)
            return refused;
        if (!TwinView.TryParse(command.Path, command.Fields, out var view, out var error))
            return TwinOutcome.Refused(error);
        view.TryGet(thing, out var value);
        return new TwinOutcome(200, value) { ETag = tag, Revision = thing.Revision };
    }

    private TwinPlan Plan(Thing? before, TwinCommand command)
    {
        if (before is null || command.Action != "merge" || command.Headers.Find("merge-thing-patch-conditions") is not { } given)
            return TwinPlan.Of(before, command, () => New(command.Thing));
        return PatchConditions.TryApply(given, before, time.GetUtcNow(), command, out var filtered, out var error)
            ? TwinPlan.Of(before, filtered, () => New(command.Thing))
            : TwinPlan.Refused(error);
    }

    private Thing New(ThingId id) =>
        new() { Id = id, Revision = 0, Created = time.GetUtcNow(), Modified = time.GetUtcNow() };

    private TwinOutcome Store(TwinCommand command, Thing? before, TwinPlan plan)
    {
        var now = time.GetUtcNow();
        var revision = _lastRevisions.GetValueOrDefault(command.Thing) + 1;
        var after = plan.After is null ? null : plan.After with { Revision = revision, Modified = now };
        _lastRevisions[command.Thing] = revision;
        if (after is null)
            _things.TryRemove(command.Thing, out _);
        else
            _things[command.Thing] = after;
        var topic = TopicPath.TwinEvent(command.Thing, plan.Event);
        var told = TwinEvents.Of(topic, command, plan, revision, now, command.Headers.CorrelationId ?? ids.NewUuid());
        var change = new TwinChange(topic, told, before, after, command);
        foreach (var observer in _observers)
            observer(change);
        changed?.Invoke(change);
        var created = plan.Event == "created";
        return new TwinOutcome(created ? 201 : 204, created ? plan.Value : null, null, change)
        {
            ETag = EntityTag.Of(after, command.Path),
            Revision = revision,
        };
    }
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Policies;

namespace Leda.Harness.Simulator.Twins;

/// <summary>
/// All digital twins, in memory. The only place that changes them: one command at a time, each change one revision and one event
/// (<c>ditto.md</c> 2.1 and 2.2). Readers get snapshots and never wait.
/// </summary>
public sealed class ThingStore
{
    private readonly TimeProvider _time;
    private readonly IdSource _ids;
    private readonly Action<TwinChange>? _changed;
    private readonly ThingBinder _binder;
    private readonly TwinHistory _history;
    private static readonly JsonElement _empty = JsonText.Parse("{}");

    private readonly Lock _writing = new();
    private readonly Dictionary<ThingId, long> _lastRevisions = [];
    private readonly ConcurrentDictionary<ThingId, Thing> _things = [];
    private ImmutableArray<Action<TwinChange>> _observers = [];

    /// <summary>Starts without twins.</summary>
    /// <param name="time">Gives the instants of changes.</param>
    /// <param name="ids">Gives the correlation ids of events whose command has none.</param>
    /// <param name="policies">Says who may do what with them.</param>
    /// <param name="changed">Is told of each change in the order of revisions, before anyone is answered. It must not wait, nor come back here to write.</param>
    public ThingStore(TimeProvider time, IdSource ids, PolicyStore policies, Action<TwinChange>? changed = null)
    {
        (_time, _ids, _changed) = (time, ids, changed);
        Access = new ThingAccess(policies);
        _history = new TwinHistory(Find);
        _binder = new ThingBinder(policies, id => Find(id)?.Policy);
    }

    /// <summary>What callers may do.</summary>
    public ThingAccess Access { get; }

    /// <summary>All twins at present, in no particular order.</summary>
    public IEnumerable<Thing> All => _things.Select(t => t.Value);

    /// <summary>The twin of that id, or <see langword="null"/>.</summary>
    public Thing? Find(ThingId id) => _things.GetValueOrDefault(id);

    /// <summary>What is known of a twin's past, and what a caller may read of it by what is allowed now.</summary>
    /// <returns><see langword="false"/> if the caller may read nothing of it, or it is not there.</returns>
    internal bool TryReadHistory(ThingId id, Caller caller, out ImmutableArray<HistoryEntry> history, out Enforcer reader)
    {
        reader = Find(id) is { } thing ? Access.Of(thing, caller) : Enforcer.Nothing;
        var isReadable = reader.CanRead(ResourcePath.Thing);
        history = isReadable ? _history.Of(id) : [];
        return isReadable;
    }

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
        if (Find(id) is null)
        {
            Execute(new TwinCommand(id, "create", ResourcePath.Thing, _empty, DittoHeaders.Empty)
            {
                Caller = Caller.Harness,
                Origin = origin,
            });
        }
    }

    /// <summary>Executes a command.</summary>
    public TwinOutcome Execute(TwinCommand command)
    {
        if (!Preconditions.TryRead(command.Headers, out var conditions, out var error))
            return TwinOutcome.Refused(error);
        if (!MetadataHeaders.TryRead(command, out var metadata, out error))
            return TwinOutcome.Refused(error);
        if (command.Action == "retrieve")
            return Retrieve(command, conditions, metadata);
        lock (_writing)
        {
            var before = Find(command.Thing);
            if (Refuse(before, command, conditions) is { } refused)
                return refused;
            var plan = TwinMetadata.Apply(before, command, metadata, Plan(before, command, conditions));
            if (plan.Error is not null)
                return TwinOutcome.Refused(plan.Error);
            if (conditions.SkipEqual && ChangesNothing(before, plan.After, command.Path))
                return TwinOutcome.Refused(TwinErrors.PreconditionFailed("if-equal")) with { ETag = EntityTag.Of(before, command.Path) };
            if (!command.Caller.IsTrusted && TwinLimits.Check(plan.After, command.Path) is { } beyond)
                return TwinOutcome.Refused(beyond);
            return before is null ? Bind(command, plan) : Store(command, before, plan);
        }
    }

    /// <summary>Puts back a twin as it was before a restart, or, if it was gone, where its numbering goes on; nobody is told.</summary>
    internal void Restore(ThingId id, long lastRevision, Thing? thing)
    {
        lock (_writing)
        {
            _lastRevisions[id] = lastRevision;
            if (thing is null)
                return;
            _history.Forget(id);
            _things[id] = thing;
        }
    }

    /// <summary>Does something at an instant at which no change is half done.</summary>
    internal void BetweenChanges(Action action)
    {
        lock (_writing)
            action();
    }

    /// <summary>Why a command that writes is refused before anyone looks at what it wants to write; <see langword="null"/> if it is not.</summary>
    private TwinOutcome? Refuse(Thing? before, TwinCommand command, Preconditions conditions)
    {
        if (before is null)
        {
            return command.Action == "delete" || command.Path.Kind != ResourceKind.Thing
                ? TwinOutcome.Refused(TwinErrors.ThingNotFound(command.Thing))
                : conditions.CheckWrite(null);
        }

        var error = Access.CheckWrite(before, command)
            ?? conditions.CheckCondition(before, _time.GetUtcNow(), Access.Of(before, command.Caller))
            ?? (command.Action == "delete" ? TwinErrors.Missing(before, command.Path) : null);
        return error is not null ? TwinOutcome.Refused(error) : conditions.CheckWrite(EntityTag.Of(before, command.Path));
    }

    /// <summary>Gives a new thing its policy.</summary>
    private TwinOutcome Bind(TwinCommand command, TwinPlan plan)
    {
        var lockout = command.Headers.Find("allow-policy-lockout") is { ValueKind: JsonValueKind.True };
        var binding = _binder.Bind(command.Thing, command.Value!.Value, command.Caller, lockout);
        if (binding.Error is { } error)
            return TwinOutcome.Refused(error);
        var after = plan.After! with { Policy = binding.PolicyId };
        return Store(command, null, plan with { After = after, Value = after.ToJson() });
    }

    private static bool ChangesNothing(Thing? before, Thing? after, ResourcePath path) =>
        before is not null && after is not null
        && before.TryGet(path, out var old) && after.TryGet(path, out var current) && JsonElement.DeepEquals(old, current);

    private TwinOutcome Retrieve(TwinCommand command, Preconditions conditions, MetadataHeaders metadata)
    {
        if (Find(command.Thing) is not { } present)
            return TwinOutcome.Refused(TwinErrors.ThingNotFound(command.Thing));
        if (!TwinView.TryParse(command.Path, command.Fields, out var view, out var error) || !HistoricalPoint.TryRead(command.Headers, out var point, out error))
            return TwinOutcome.Refused(error);
        var reader = Access.Of(present, command.Caller);
        if (!reader.CanRead(ResourcePath.Thing))
            return TwinOutcome.Refused(TwinErrors.ThingNotFound(command.Thing));
        if ((point is null ? present : point.In(_history.Of(present.Id))) is not { } thing)
            return TwinOutcome.Refused(TwinErrors.HistoryNotFound(command.Thing));
        if (TwinErrors.Missing(thing, command.Path) is { } missing)
            return TwinOutcome.Refused(missing);
        if (conditions.CheckCondition(thing, _time.GetUtcNow(), reader) is { } failed)
            return TwinOutcome.Refused(failed);
        if (!Access.TryView(thing, reader, command.Caller, view, out var value))
            return TwinOutcome.Refused(TwinErrors.NotFound(thing.Id, command.Path));
        var tag = EntityTag.Of(thing, command.Path)!;
        if (!view.WantsPolicy && conditions.CheckRead(tag) is { } refused)
            return refused;
        return new TwinOutcome(200, value)
        {
            ETag = tag,
            Revision = thing.Revision,
            Metadata = metadata.Get is { } keys ? TwinMetadata.Answer(ThingAccess.ReadableMetadata(thing, reader, command.Path), keys) : null,
        };
    }

    private TwinPlan Plan(Thing? before, TwinCommand command, Preconditions conditions)
    {
        var plan = Plan(before, command);
        return conditions.Minimizes && plan is { Event: "merged", Value: { } patch }
            ? plan with { Value = MergePatch.Minimized(before!.TryGet(command.Path, out var there) ? there : null, patch) }
            : plan;
    }

    private TwinPlan Plan(Thing? before, TwinCommand command)
    {
        if (before is null || command.Action != "merge" || command.Headers.Find("merge-thing-patch-conditions") is not { } given)
            return TwinPlan.Of(before, command, () => New(command.Thing));
        if (!PatchConditions.TryApply(given, before, _time.GetUtcNow(), command, Access.Of(before, command.Caller), out var filtered, out var error))
            return TwinPlan.Refused(error);
        var isEmptied = !ReferenceEquals(filtered, command) && filtered.Value is { ValueKind: JsonValueKind.Object } rest && !rest.EnumerateObject().MoveNext();
        return isEmptied ? new TwinPlan(before, "merged", filtered.Value) : TwinPlan.Of(before, filtered, () => New(command.Thing));
    }

    private Thing New(ThingId id) =>
        new() { Id = id, Revision = 0, Created = _time.GetUtcNow(), Modified = _time.GetUtcNow() };

    private TwinOutcome Store(TwinCommand command, Thing? before, TwinPlan plan)
    {
        var now = _time.GetUtcNow();
        var revision = _lastRevisions.GetValueOrDefault(command.Thing) + 1;
        var after = plan.After is null ? null : plan.After with { Revision = revision, Modified = now };
        _lastRevisions[command.Thing] = revision;
        var topic = TopicPath.TwinEvent(command.Thing, plan.Event);
        var told = TwinEvents.Of(topic, command, plan, revision, now, command.Headers.CorrelationId ?? _ids.NewUuid());
        var change = new TwinChange(topic, told, before, after, command);
        _history.Keep(change, now);
        if (after is null)
            _things.TryRemove(command.Thing, out _);
        else
            _things[command.Thing] = after;
        foreach (var observer in _observers)
            observer(change);
        _changed?.Invoke(change);
        var created = plan.Event == "created";
        return new TwinOutcome(created ? 201 : 204, created ? plan.Value : null, null, change)
        {
            ETag = EntityTag.Of(after, command.Path),
            Revision = revision,
        };
    }
}

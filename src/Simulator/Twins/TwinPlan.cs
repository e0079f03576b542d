using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Simulator.Twins;

/// <summary>What a command would make of a twin, before anything is stored.</summary>
/// <param name="After">The twin afterwards; <see langword="null"/> if it is gone.</param>
/// <param name="Event">What the event is called: <c>created</c>, <c>modified</c>, <c>merged</c> or <c>deleted</c>.</param>
/// <param name="Value">The event's value; <see langword="null"/> for none.</param>
/// <param name="Error">Why the command is refused; then nothing else counts.</param>
internal sealed record TwinPlan(Thing? After, string Event, JsonElement? Value, DittoError? Error = null)
{
    /// <summary>The metadata of what has changed, if the command says anything about it; the event's too.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>Plans a command that writes.</summary>
    /// <param name="before">The twin; <see langword="null"/> if there is none.</param>
    /// <param name="command">The command.</param>
    /// <param name="empty">What a twin begins as.</param>
    public static TwinPlan Of(Thing? before, TwinCommand command, Func<Thing> empty) => command.Action switch
    {
        "create" when before is not null => Refused(TwinErrors.Conflict(command.Thing)),
        "create" => Put(null, command, empty),
        "modify" when command.Path.Kind == ResourceKind.Thing => Put(before, command, empty),
        "merge" when command.Path.Kind == ResourceKind.Thing => MergeThing(before, command, empty),
        "delete" when command.Path.Kind == ResourceKind.Thing && before is not null => new TwinPlan(null, "deleted", null),
        "modify" or "merge" or "delete" when before is null => Refused(TwinErrors.ThingNotFound(command.Thing)),
        "modify" => Modify(before, command),
        "merge" => Merge(before, command),
        "delete" => Delete(before, command),
        _ => Refused(TwinErrors.UnknownTopic($"'{command.Action}' is not supported on the twin channel.")),
    };

    /// <summary>Nothing is to be done, for this reason.</summary>
    public static TwinPlan Refused(DittoError error) => new(null, "", null, error);

    private static TwinPlan Put(Thing? before, TwinCommand command, Func<Thing> empty)
    {
        if (TwinValues.Check(command.Thing, ResourcePath.Thing, command.Value) is { } error)
            return Refused(error);
        if (before is not null && command.Value!.Value.TryGetProperty("_policy", out _))
            return Refused(TwinErrors.PolicyNotAllowed(command.Thing));
        var after = (before ?? empty()).Replace(command.Value!.Value);
        return new TwinPlan(after, before is null ? "created" : "modified", after.ToJson());
    }

    private static TwinPlan Modify(Thing before, TwinCommand command)
    {
        var path = command.Path;
        if (path is { Kind: ResourceKind.Feature, Pointer.IsRoot: false } && before.Feature(path.FeatureId!) is null)
            return Refused(TwinErrors.FeatureNotFound(command.Thing, path.FeatureId!));
        if (TwinValues.Check(command.Thing, path, command.Value) is { } error)
            return Refused(error);
        var existed = before.TryGet(path, out _);
        return new TwinPlan(before.Set(path, command.Value!.Value), existed ? "modified" : "created", command.Value);
    }

    private static TwinPlan Delete(Thing before, TwinCommand command) =>
        TwinErrors.Missing(before, command.Path) is { } error ? Refused(error) : new TwinPlan(before.Remove(command.Path), "deleted", null);

    private static TwinPlan MergeThing(Thing? before, TwinCommand command, Func<Thing> empty)
    {
        if (TwinValues.CheckPatch(command.Thing, ResourcePath.Thing, command.Value) is { } error)
            return Refused(error);
        if (!MergePatch.TryApply(before?.ToJson(), command.Value!.Value, out var merged, out var problem))
            return Refused(TwinErrors.MergeInvalid(problem));
        if (TwinValues.Check(command.Thing, ResourcePath.Thing, merged) is { } wrong)
            return Refused(wrong);
        var after = (before ?? empty()).Replace(merged);
        return before is null ? new TwinPlan(after, "created", after.ToJson()) : new TwinPlan(after, "merged", command.Value);
    }

    private static TwinPlan Merge(Thing before, TwinCommand command)
    {
        var path = command.Path;
        if (TwinValues.CheckPatch(command.Thing, path, command.Value) is { } error)
            return Refused(error);
        if (command.Value!.Value.ValueKind == JsonValueKind.Null)
            return new TwinPlan(before.Remove(path), "merged", command.Value);
        JsonElement? current = before.TryGet(path, out var found) ? found : null;
        if (!MergePatch.TryApply(current, command.Value.Value, out var merged, out var problem))
            return Refused(TwinErrors.MergeInvalid(problem));
        return TwinValues.Check(command.Thing, path, merged) is { } wrong
            ? Refused(wrong)
            : new TwinPlan(before.Set(path, merged), "merged", command.Value);
    }
}

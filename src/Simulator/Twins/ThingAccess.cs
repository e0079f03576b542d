using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Rql;

namespace Leda.Harness.Simulator.Twins;

/// <summary>What callers may do with things, by the things' policies (<c>ditto.md</c> 2.5). A thing whose policy is gone is nobody's.</summary>
/// <param name="policies">The policies.</param>
public sealed class ThingAccess(PolicyStore policies)
{
    /// <summary>What a caller may do with a thing.</summary>
    public Enforcer Of(Thing thing, Caller caller)
    {
        if (caller.IsTrusted)
            return Enforcer.Everything;
        return thing.Policy is { } policy
            ? policies.EnforcerFor(policy, caller, thing.Id.Namespace) ?? Enforcer.Nothing
            : Enforcer.Nothing;
    }

    /// <summary>A thing as a caller may see it.</summary>
    /// <returns><see langword="false"/> if there is nothing to see.</returns>
    public bool TryView(Thing thing, Caller caller, TwinView view, out JsonElement value) => TryView(thing, Of(thing, caller), caller, view, out value);

    /// <summary>A thing as it was, as a caller may see it by what is allowed now.</summary>
    /// <returns><see langword="false"/> if there is nothing to see.</returns>
    internal bool TryView(Thing thing, Enforcer enforcer, Caller caller, TwinView view, out JsonElement value)
    {
        value = default;
        return enforcer.CanRead(view.Path)
            && view.TryGet(thing, view.WantsPolicy ? PolicyOf(thing, caller) : null, out var whole)
            && enforcer.TryView(view.Path, whole, out value);
    }

    /// <summary>The metadata of a part of a thing as a caller may see it; <see langword="null"/> if there is nothing to see.</summary>
    internal static JsonElement? ReadableMetadata(Thing thing, Enforcer enforcer, ResourcePath path) =>
        thing.Metadata is { } all && JsonPointer.Parse(path.ToString()).TryGet(all, out var there) && enforcer.TryView(path, there, out var view)
            ? view
            : null;

    /// <summary>Why a caller may not write, as Ditto says it (<c>ditto.md</c> 2.3); <see langword="null"/> if it may.</summary>
    internal DittoError? CheckWrite(Thing thing, TwinCommand command)
    {
        var enforcer = Of(thing, command.Caller);
        var allowed = command.Action == "merge" && command.Value is { } patch
            ? enforcer.CanMerge(command.Path, patch)
            : enforcer.CanWrite(command.Path);
        return allowed ? null : TwinErrors.Denied(command);
    }

    /// <summary>Whether somebody may look at all that a condition reads (behaviour D12).</summary>
    internal static bool CanAsk(Enforcer enforcer, RqlExpression condition)
    {
        foreach (var pointer in condition.Properties)
        {
            if (!enforcer.CanAskFor(pointer))
                return false;
        }

        return true;
    }

    private JsonElement? PolicyOf(Thing thing, Caller caller)
    {
        if (thing.Policy is not { } id)
            return null;
        var retrieve = new PolicyCommand { Id = id, Action = "retrieve", Path = PolicyPath.Policy, Caller = caller };
        return policies.Execute(retrieve).Value;
    }
}

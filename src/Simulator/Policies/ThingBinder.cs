using System.Text.Json;
using System.Text.RegularExpressions;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Policies;

/// <summary>
/// Gives a thing that is being created its policy (<c>ditto.md</c> 2.4): the one that it names, one that it brings inline (<c>_policy</c>), a
/// copy of another's (<c>_copyPolicyFrom</c>), or one of its own that lets its creator do everything.
/// </summary>
/// <param name="policies">The policies.</param>
/// <param name="policyOf">The policy's id of another thing; <see langword="null"/> if there is no such thing or it has none.</param>
public sealed partial class ThingBinder(PolicyStore policies, Func<ThingId, ThingId?> policyOf)
{
    /// <summary>Finds or creates the policy. Call it when nothing else is wrong with the thing: a policy that it creates stays.</summary>
    /// <param name="thing">The new thing's id.</param>
    /// <param name="json">The new thing as JSON, an object.</param>
    /// <param name="caller">Who creates it.</param>
    /// <param name="allowLockout">The header <c>allow-policy-lockout</c>.</param>
    public ThingBinding Bind(ThingId thing, JsonElement json, Caller caller, bool allowLockout = false)
    {
        var isInline = json.TryGetProperty("_policy", out var inline);
        var isCopy = json.TryGetProperty("_copyPolicyFrom", out var from);
        if (isInline && isCopy)
            return ThingBinding.Refused(PolicyErrors.PolicyConflicting(thing));
        ThingId? named = null;
        if (json.TryGetProperty("policyId", out var given))
        {
            if (ReadId(given, out var id) is { } error)
                return ThingBinding.Refused(error);
            named = id;
        }

        if (caller.IsTrusted && !isInline && !isCopy)
            return BindOwn(named ?? thing);
        if (isInline)
            return BindInline(thing, named, inline, caller, allowLockout);
        if (isCopy)
            return BindCopy(thing, named ?? thing, from, caller, allowLockout);
        return named is { } policy ? BindNamed(thing, policy, caller) : Create(thing, Policy.Implicit(thing, caller.DefaultSubject), caller, allowLockout);
    }

    private static DittoError? ReadId(JsonElement json, out ThingId id)
    {
        id = default;
        if (json.ValueKind != JsonValueKind.String)
            return PolicyErrors.Json("a policy id, which is a string");
        return ThingId.TryParse(json.GetString(), out id, out var problem) ? null : PolicyErrors.IdInvalid(problem);
    }

    private ThingBinding BindNamed(ThingId thing, ThingId policy, Caller caller)
    {
        if (policies.Find(policy) is null)
            return ThingBinding.Refused(PolicyErrors.ThingNotCreatable(thing, $"there is no policy '{policy}'"));
        return policies.EnforcerFor(policy, caller, thing.Namespace)?.CanWrite(ResourcePath.Thing) == true
            ? new ThingBinding(policy, null)
            : ThingBinding.Refused(PolicyErrors.ThingNotModifiable(thing));
    }

    /// <summary>What the harness itself creates, and what devices say of their things, is never refused for want of a policy: one that is
    /// missing is made, and lets the users do everything.</summary>
    private ThingBinding BindOwn(ThingId policy)
    {
        if (policies.Find(policy) is null)
            policies.Create(Policy.Implicit(policy, policies.Owners), Caller.Harness, allowLockout: true);
        return new ThingBinding(policy, null);
    }

    private ThingBinding BindInline(ThingId thing, ThingId? named, JsonElement json, Caller caller, bool allowLockout)
    {
        var id = named ?? thing;
        if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty("policyId", out var given))
        {
            if (ReadId(given, out var own) is { } invalid)
                return ThingBinding.Refused(invalid);
            if (named is not null && named != own)
                return ThingBinding.Refused(PolicyErrors.PolicyIdNotAllowed(thing));
            id = own;
        }

        return Policy.TryRead(id, json, caller.DefaultSubject, out var policy, out var error)
            ? Create(thing, policy, caller, allowLockout)
            : ThingBinding.Refused(error);
    }

    private ThingBinding BindCopy(ThingId thing, ThingId id, JsonElement from, Caller caller, bool allowLockout)
    {
        if (from.ValueKind != JsonValueKind.String)
            return ThingBinding.Refused(PolicyErrors.Json("a policy id or a reference, which is a string: '_copyPolicyFrom'"));
        if (Source(from.GetString()!, caller, out var error) is not { } source)
            return ThingBinding.Refused(error!);
        return Create(thing, source with { Id = id }, caller, allowLockout);
    }

    private Policy? Source(string from, Caller caller, out DittoError? error)
    {
        ThingId id;
        if (from.TrimStart().StartsWith("{{", StringComparison.Ordinal))
        {
            if (Reference().Match(from) is not { Success: true } reference)
            {
                error = PolicyErrors.ReferenceNotSupported(from);
                return null;
            }

            if (!ThingId.TryParse(reference.Groups["thing"].Value, out var other, out var wrong))
            {
                error = PolicyErrors.ThingIdInvalid(wrong);
                return null;
            }

            if (policyOf(other) is not { } found
                || policies.EnforcerFor(found, caller, other.Namespace)?.CanRead(ResourcePath.Parse("/policyId")) != true)
            {
                error = PolicyErrors.ThingNotFound(other);
                return null;
            }

            id = found;
        }
        else if (!ThingId.TryParse(from, out id, out var problem))
        {
            error = PolicyErrors.IdInvalid(problem);
            return null;
        }

        var source = policies.Find(id);
        var isReadable = source is not null && policies.EnforcerFor(id, caller, null)?.Allows(PolicyResource.Policy, [], Permissions.Read) == true;
        error = isReadable ? null : PolicyErrors.NotFound(id, PolicyPath.Policy);
        return isReadable ? source : null;
    }

    private ThingBinding Create(ThingId thing, Policy policy, Caller caller, bool allowLockout)
    {
        if (policies.Find(policy.Id) is not null)
            return ThingBinding.Refused(PolicyErrors.ThingNotCreatable(thing, $"the policy '{policy.Id}' already exists"));
        if (!policies.EnforcerFor(policy, caller, thing.Namespace).CanWrite(ResourcePath.Thing))
            return ThingBinding.Refused(PolicyErrors.ThingNotModifiable(thing));
        var outcome = policies.Create(policy, caller, allowLockout);
        return outcome.Error is { } error ? ThingBinding.Refused(error) : new ThingBinding(policy.Id, null);
    }

    [GeneratedRegex(@"\A\s*\{\{\s*ref:things/(?<thing>[^/\s]+)/policyId\s*\}\}\s*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Reference();
}

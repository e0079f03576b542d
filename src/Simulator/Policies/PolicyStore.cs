using System.Collections.Immutable;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Policies;

/// <summary>
/// All policies, in memory. The only place that changes them: one command at a time, each change one revision (<c>ditto.md</c> 2.1, 2.11).
/// Readers get snapshots and never wait. It calls nobody else's locks, so that the thing store may use it inside its own.
/// </summary>
/// <param name="time">Gives the instants of changes.</param>
/// <param name="owners">The subjects that may do everything with what the harness itself creates; none means <c>nginx:ditto</c>.</param>
public sealed class PolicyStore(TimeProvider time, params ImmutableArray<string> owners)
{
    /// <summary>The subjects that may do everything with what the harness itself creates.</summary>
    public ImmutableArray<string> Owners { get; } = owners.IsDefaultOrEmpty ? ["nginx:ditto"] : owners;

    /// <summary>The longest policy, in characters of compact JSON (<c>ditto.md</c> 1.5).</summary>
    public const int MaxLength = 102_400;

    private readonly Lock _writing = new();
    private readonly Dictionary<ThingId, long> _lastRevisions = [];
    private ImmutableArray<Action<PolicyChange>> _observers = [];
    private ImmutableDictionary<ThingId, StoredPolicy> _policies = ImmutableDictionary<ThingId, StoredPolicy>.Empty;

    /// <summary>Has someone told of every change from now on, in order, while the store is held: be quick, and change no policy.</summary>
    public void Observe(Action<PolicyChange> observer)
    {
        lock (_writing)
            _observers = _observers.Add(observer);
    }

    /// <summary>The policy of that id, or <see langword="null"/>.</summary>
    public Policy? Find(ThingId id) => Volatile.Read(ref _policies).GetValueOrDefault(id)?.Policy;

    /// <summary>What a caller may do by a policy. Cheap: it is kept per policy revision and caller.</summary>
    /// <param name="policy">The policy's id.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="namespace">The namespace of the thing in question; <see langword="null"/> where none is, as for the policy itself.</param>
    /// <returns><see langword="null"/> if there is no such policy; <see cref="Enforcer.Everything"/> for a trusted caller in any case.</returns>
    public Enforcer? EnforcerFor(ThingId policy, Caller caller, string? @namespace)
    {
        if (caller.IsTrusted)
            return Enforcer.Everything;
        var policies = Volatile.Read(ref _policies);
        return policies.TryGetValue(policy, out var stored)
            ? stored.Resolve(policies).EnforcerFor(caller, @namespace)
            : null;
    }

    /// <summary>What a caller could do by a policy that is not stored yet.</summary>
    public Enforcer EnforcerFor(Policy policy, Caller caller, string? @namespace) => caller.IsTrusted
        ? Enforcer.Everything
        : PolicyResolver.Resolve(policy, Volatile.Read(ref _policies)).EnforcerFor(caller, @namespace);

    /// <summary>Stores a new policy.</summary>
    /// <param name="policy">The policy; its revision and instants are given by the store.</param>
    /// <param name="caller">Who creates it.</param>
    /// <param name="allowLockout">Whether the caller need not be able to change it afterwards.</param>
    /// <returns>201; 409 if there is one already; 403 or 413 if it may not be.</returns>
    public PolicyOutcome Create(Policy policy, Caller caller, bool allowLockout = false)
    {
        lock (_writing)
        {
            return Find(policy.Id) is { } present
                ? PolicyOutcome.Refused(PolicyErrors.Conflict(policy.Id), present)
                : CreateNew(policy, caller, allowLockout);
        }
    }

    /// <summary>Executes a command for its caller.</summary>
    public PolicyOutcome Execute(PolicyCommand command)
    {
        if (command.Action == "retrieve")
            return Retrieve(command);
        if (command.Value is { } value && !PolicyReader.IsFlat(value))
            return PolicyOutcome.Refused(PolicyErrors.Json($"flat enough: a policy has at most {PolicyReader.MaxDepth} levels"));
        if (command.Action is not ("create" or "modify" or "delete") || (command.Action == "create" && command.Path != PolicyPath.Policy)
            || command.Path.Label is "" || command.Path.Key is "")
            return PolicyOutcome.Refused(Unsupported(command));
        lock (_writing)
        {
            return (Find(command.Id), command) switch
            {
                (null, { Action: "create" or "modify", Path.Part: PolicyPart.Policy }) => Create(command),
                (null, _) => PolicyOutcome.Refused(PolicyErrors.NotFound(command.Id, PolicyPath.Policy)),
                ({ } before, { Action: "create" }) => PolicyOutcome.Refused(PolicyErrors.Conflict(command.Id), before),
                ({ } before, _) when Allow(command, before) is { } error => PolicyOutcome.Refused(error, before),
                ({ } before, { Action: "modify" }) => Modify(command, before),
                var (before, _) => Delete(command, before),
            };
        }
    }

    /// <summary>Puts back a policy as it was before a restart, or, if it was gone, where its numbering goes on; nobody is told.</summary>
    internal void Restore(ThingId id, long lastRevision, Policy? policy)
    {
        lock (_writing)
        {
            _lastRevisions[id] = lastRevision;
            if (policy is not null)
                Volatile.Write(ref _policies, _policies.SetItem(id, new StoredPolicy(policy)));
        }
    }

    /// <summary>The last revision of a policy, of one that is gone as well.</summary>
    internal long LastRevision(ThingId id) => _lastRevisions.GetValueOrDefault(id);

    private static DittoError Unsupported(PolicyCommand command) =>
        PolicyErrors.UnknownTopic($"'{command.Action}' is not supported for the policy path '{command.Path}'.");

    private PolicyOutcome Retrieve(PolicyCommand command)
    {
        var path = command.Path;
        var policies = Volatile.Read(ref _policies);
        if (policies.GetValueOrDefault(command.Id) is not { Policy: var policy } stored)
            return PolicyOutcome.Refused(PolicyErrors.NotFound(command.Id, PolicyPath.Policy));
        var enforcer = command.Caller.IsTrusted ? Enforcer.Everything : stored.Resolve(policies).EnforcerFor(command.Caller, null);
        if (!enforcer.CanRead(path))
            return PolicyOutcome.Refused(PolicyErrors.NotFound(command.Id, path));
        if (command.Precondition?.Invoke(policy) is { } error)
            return PolicyOutcome.Refused(error, policy);
        return PolicyParts.Find(policy, path) is { } value
            ? new PolicyOutcome(200, enforcer.View(path, value), null, policy)
            : PolicyOutcome.Refused(PolicyErrors.NotFound(command.Id, path), policy);
    }

    private DittoError? Allow(PolicyCommand command, Policy before)
    {
        if (EnforcerFor(before.Id, command.Caller, null)?.CanWrite(command.Path) != true)
            return PolicyErrors.NotModifiable(before.Id, command.Path);
        if (command.Precondition?.Invoke(before) is { } error)
            return error;
        return command.Path is { Label: { } label, Part: not PolicyPart.Entry } && before.Entry(label) is null
            ? PolicyErrors.NotFound(before.Id, PolicyPath.Entry(label))
            : null;
    }

    private PolicyOutcome Create(PolicyCommand command)
    {
        if (command.Precondition?.Invoke(null) is { } failed)
            return PolicyOutcome.Refused(failed);
        return Policy.TryRead(command.Id, command.Value.GetValueOrDefault(), command.Caller.DefaultSubject, out var policy, out var error)
            ? CreateNew(policy, command.Caller, command.AllowLockout)
            : PolicyOutcome.Refused(error);
    }

    private PolicyOutcome CreateNew(Policy policy, Caller caller, bool allowLockout)
    {
        if (Check(policy, PolicyPath.Policy, caller, allowLockout) is { } error)
            return PolicyOutcome.Refused(error);
        if (!allowLockout && !EnforcerFor(policy, caller, null).CanWrite(PolicyPath.Policy))
            return PolicyOutcome.Refused(PolicyErrors.NotCreatable(policy.Id));
        var stored = Store(policy, null);
        return new PolicyOutcome(201, stored.ToJson(), null, stored);
    }

    private PolicyOutcome Modify(PolicyCommand command, Policy before)
    {
        if (command.Value is not { } value)
            return PolicyOutcome.Refused(PolicyErrors.Json("there"), before);
        if (!PolicyParts.TrySet(before, command.Path, value, command.Caller.DefaultSubject, out var path, out var after, out var error)
            || (error = Check(after, path, command.Caller, command.AllowLockout)) is not null)
            return PolicyOutcome.Refused(error, before);
        var isNew = PolicyParts.IsItem(path.Part) && PolicyParts.Find(before, path) is null;
        var stored = Store(after, before);
        return isNew
            ? new PolicyOutcome(201, PolicyParts.Find(stored, path), null, stored)
            : new PolicyOutcome(204, null, null, stored);
    }

    private PolicyOutcome Delete(PolicyCommand command, Policy before)
    {
        var path = command.Path;
        if (path.Part == PolicyPart.Policy)
        {
            Forget(before);
            return new PolicyOutcome(204, null, null, null);
        }

        if (!PolicyParts.IsItem(path.Part) && path.Part != PolicyPart.Imports)
            return PolicyOutcome.Refused(Unsupported(command), before);
        if (PolicyParts.Find(before, path) is null)
            return path.Part == PolicyPart.References
                ? new PolicyOutcome(204, null, null, before)
                : PolicyOutcome.Refused(PolicyErrors.NotFound(before.Id, path), before);
        if (PolicyParts.WhyReferred(before, path) is { } referred)
            return PolicyOutcome.Refused(referred, before);
        return !PolicyParts.TryRemove(before, path, out var after, out var error)
            || (error = Check(after, path, command.Caller, command.AllowLockout)) is not null
            ? PolicyOutcome.Refused(error, before)
            : new PolicyOutcome(204, null, null, Store(after, before));
    }

    /// <summary>Whether a policy may be stored: not too long, owned by somebody, and no way to read by import what one may not read.</summary>
    private DittoError? Check(Policy after, PolicyPath path, Caller caller, bool allowLockout)
    {
        if (after.ToJson().GetRawText().Length is > MaxLength and var length)
            return PolicyErrors.TooLarge(length);
        if (!allowLockout && !Ownership.IsKept(after))
            return PolicyErrors.LockedOut(after.Id, path);
        if (path.Part is not (PolicyPart.Policy or PolicyPart.Imports or PolicyPart.Import))
            return null;
        foreach (var import in after.Imports ?? [])
        {
            if (!MayImport(import, caller))
                return PolicyErrors.NotFound(import.PolicyId, PolicyPath.Policy);
        }

        return null;
    }

    private bool MayImport(PolicyImport import, Caller caller)
    {
        if (Find(import.PolicyId) is not { } other || EnforcerFor(import.PolicyId, caller, null) is not { } enforcer)
            return false;
        foreach (var entry in other.Entries)
        {
            if (PolicyResolver.Brings(import, entry) && !enforcer.CanRead(PolicyPath.Entry(entry.Label)))
                return false;
        }

        return true;
    }

    private Policy Store(Policy policy, Policy? before)
    {
        var now = time.GetUtcNow();
        var stored = policy with { Revision = NextRevision(policy.Id), Created = before?.Created ?? now, Modified = now };
        Volatile.Write(ref _policies, _policies.SetItem(policy.Id, new StoredPolicy(stored)));
        Tell(new PolicyChange(before, stored));
        return stored;
    }

    private void Forget(Policy before)
    {
        NextRevision(before.Id);
        Volatile.Write(ref _policies, _policies.Remove(before.Id));
        Tell(new PolicyChange(before, null));
    }

    private void Tell(PolicyChange change)
    {
        foreach (var observer in _observers)
            observer(change);
    }

    private long NextRevision(ThingId id) => _lastRevisions[id] = _lastRevisions.GetValueOrDefault(id) + 1;
}

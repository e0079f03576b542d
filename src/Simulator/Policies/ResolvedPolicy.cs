using System.Collections.Concurrent;
using System.Collections.Immutable;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Policies;

/// <summary>
/// A policy with its imports and references followed, and the enforcers made from it so far. It holds as long as the policies that it was made
/// from are the stored ones.
/// </summary>
internal sealed class ResolvedPolicy
{
    // A harness has few users, but nothing from outside may fill its memory.
    private const int MaxEnforcers = 4_096;

    private readonly IReadOnlyList<PolicyEntry> _entries;
    private readonly IReadOnlyDictionary<ThingId, Policy?> _imported;
    private readonly bool _hasNamespaces;
    private Made? _first;
    private ConcurrentDictionary<(Caller Caller, string? Namespace), Enforcer>? _others;

    public ResolvedPolicy(IReadOnlyList<PolicyEntry> entries, IReadOnlyDictionary<ThingId, Policy?> imported)
    {
        (_entries, _imported) = (entries, imported);
        _hasNamespaces = entries.Any(e => e.Namespaces is { IsEmpty: false });
    }

    /// <summary>Whether the imported policies are still the same ones.</summary>
    public bool IsCurrent(ImmutableDictionary<ThingId, StoredPolicy> policies)
    {
        if (_imported.Count == 0)
            return true;
        foreach (var (id, policy) in _imported)
        {
            if (!ReferenceEquals(policies.GetValueOrDefault(id)?.Policy, policy))
                return false;
        }

        return true;
    }

    /// <summary>What a caller may do with things of a namespace; <see langword="null"/> for all entries whatever their namespaces.</summary>
    public Enforcer EnforcerFor(Caller caller, string? @namespace)
    {
        var concerned = _hasNamespaces ? @namespace : null;
        if (Volatile.Read(ref _first) is { } first && first.Caller.Equals(caller) && first.Namespace == concerned)
            return first.Enforcer;
        if (Volatile.Read(ref _others)?.TryGetValue((caller, concerned), out var known) == true)
            return known;
        var made = Make(caller, concerned);
        if (Interlocked.CompareExchange(ref _first, new Made(caller, concerned, made), null) is null)
            return made;
        var others = LazyInitializer.EnsureInitialized(ref _others, () => new(1, 1));
        if (others.Count >= MaxEnforcers)
            others.Clear();
        return others.GetOrAdd((caller, concerned), made);
    }

    private Enforcer Make(Caller caller, string? @namespace) => Enforcer.Of(
    [
        .. _entries.Where(e => (@namespace is null || e.AppliesTo(@namespace)) && e.Subjects.Any(s => caller.Subjects.Contains(s.Id))),
    ]);

    private sealed record Made(Caller Caller, string? Namespace, Enforcer Enforcer);
}

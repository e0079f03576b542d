using System.Collections.Immutable;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Policies;

/// <summary>A policy in the store, and what was made from it.</summary>
/// <param name="policy">The policy.</param>
internal sealed class StoredPolicy(Policy policy)
{
    private ResolvedPolicy? _resolved;

    public Policy Policy { get; } = policy;

    /// <summary>The policy with imports and references followed, as the other policies are now.</summary>
    public ResolvedPolicy Resolve(ImmutableDictionary<ThingId, StoredPolicy> policies)
    {
        var resolved = Volatile.Read(ref _resolved);
        if (resolved?.IsCurrent(policies) == true)
            return resolved;
        resolved = PolicyResolver.Resolve(Policy, policies);
        Volatile.Write(ref _resolved, resolved);
        return resolved;
    }
}

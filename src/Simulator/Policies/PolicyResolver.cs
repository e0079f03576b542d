using System.Collections.Immutable;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Policies;

/// <summary>
/// Follows the imports of one policy and the references of its entries. An imported entry is called
/// <c>imported-&lt;policy&gt;-&lt;label&gt;</c>; implicit ones always come along, explicit ones when the import names them, unknown policies are
/// passed over. Circles are walked once, and chains no further than <see cref="MaxDepth"/> steps.
/// </summary>
internal sealed class PolicyResolver
{
    private const int MaxDepth = 10;

    private readonly ImmutableDictionary<ThingId, StoredPolicy> _policies;
    private readonly Dictionary<ThingId, Policy?> _imported = [];
    private readonly Dictionary<ThingId, IReadOnlyList<PolicyEntry>> _known = [];

    private PolicyResolver(ImmutableDictionary<ThingId, StoredPolicy> policies) => _policies = policies;

    /// <summary>A policy with everything followed.</summary>
    public static ResolvedPolicy Resolve(Policy policy, ImmutableDictionary<ThingId, StoredPolicy> policies)
    {
        var resolver = new PolicyResolver(policies);
        return new ResolvedPolicy(resolver.EntriesOf(policy, policy.Imports ?? [], 0), resolver._imported);
    }

    /// <summary>A policy's own entries with the references among them followed.</summary>
    public static IReadOnlyList<PolicyEntry> OwnEntries(Policy policy) => new PolicyResolver(ImmutableDictionary<ThingId, StoredPolicy>.Empty).EntriesOf(policy, [], 0);

    /// <summary>Whether an import brings an entry along.</summary>
    public static bool Brings(PolicyImport import, PolicyEntry entry) => (entry.Importable ?? Importable.Implicit) switch
    {
        Importable.Implicit => true,
        Importable.Explicit => import.Entries.Contains(entry.Label),
        _ => false,
    };

    private IReadOnlyList<PolicyEntry> EntriesOf(Policy policy, IEnumerable<PolicyImport> imports, int depth)
    {
        if (_known.TryGetValue(policy.Id, out var known))
            return known;
        _known[policy.Id] = policy.Entries;
        List<PolicyEntry> imported = [];
        Dictionary<(ThingId, string), PolicyEntry> byImport = [];
        foreach (var import in depth < MaxDepth ? imports : [])
        {
            foreach (var entry in Load(import, depth))
            {
                if (entry.Importable != Importable.Never)
                    byImport.TryAdd((import.PolicyId, entry.Label), entry);
                if (Brings(import, entry))
                    imported.Add(entry with { Label = $"imported-{import.PolicyId}-{entry.Label}" });
            }
        }

        Dictionary<string, PolicyEntry> done = [];
        IReadOnlyList<PolicyEntry> all = [.. policy.Entries.Select(e => Follow(policy, e, byImport, done, 0)), .. imported];
        return _known[policy.Id] = all;
    }

    private IReadOnlyList<PolicyEntry> Load(PolicyImport import, int depth)
    {
        if (!_imported.TryGetValue(import.PolicyId, out var policy))
            _imported[import.PolicyId] = policy = _policies.GetValueOrDefault(import.PolicyId)?.Policy;
        return policy is null
            ? []
            : EntriesOf(policy, (policy.Imports ?? []).Where(i => import.Transitive.Contains(i.PolicyId)), depth + 1);
    }

    private static PolicyEntry Follow(
        Policy policy, PolicyEntry entry, Dictionary<(ThingId, string), PolicyEntry> imported, Dictionary<string, PolicyEntry> done, int depth)
    {
        if (entry.References is not { IsEmpty: false } references || depth == MaxDepth)
            return entry;
        if (done.TryGetValue(entry.Label, out var known))
            return known;
        done[entry.Label] = entry;
        List<PolicyEntry> referred = [];
        foreach (var reference in references)
        {
            if (reference.Import is { } import)
            {
                if (imported.TryGetValue((import, reference.Entry), out var other))
                    referred.Add(other);
            }
            else if (policy.Entry(reference.Entry) is { } other)
            {
                referred.Add(Follow(policy, other, imported, done, depth + 1));
            }
        }

        return done[entry.Label] = Merge(entry, referred);
    }

    private static PolicyEntry Merge(PolicyEntry entry, List<PolicyEntry> referred)
    {
        bool MayAdd(string what) => referred.TrueForAll(r => r.AllowedAdditions is not { } allowed || allowed.Contains(what));
        ImmutableArray<string> namespaces =
            [.. MayAdd("namespaces") ? entry.Namespaces ?? [] : [], .. referred.SelectMany(r => r.Namespaces ?? [])];
        return entry with
        {
            Subjects = [.. (MayAdd("subjects") ? entry.Subjects : []).Concat(referred.SelectMany(r => r.Subjects)).Distinct()],
            Resources = [.. (MayAdd("resources") ? entry.Resources : []).Concat(referred.SelectMany(r => r.Resources)).Distinct()],
            Namespaces = namespaces,
        };
    }
}

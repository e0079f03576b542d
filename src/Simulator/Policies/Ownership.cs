namespace Leda.Harness.Simulator.Policies;

/// <summary>The rule that a policy must stay changeable for somebody.</summary>
internal static class Ownership
{
    /// <summary>
    /// Whether a subject that does not expire has WRITE on <c>policy:/</c>, and no entry revokes it there. A policy with imports passes, as
    /// in Ditto: who owns it may stand elsewhere.
    /// </summary>
    public static bool IsKept(Policy policy)
    {
        if (policy.Imports is { IsEmpty: false })
            return true;
        HashSet<string> owners = [];
        HashSet<string> revoked = [];
        foreach (var entry in PolicyResolver.OwnEntries(policy))
        {
            foreach (var resource in entry.Resources)
            {
                if (resource.Type != PolicyResource.Policy || !resource.Path.IsEmpty)
                    continue;
                if (resource.Grant.HasFlag(Permissions.Write))
                    owners.UnionWith(entry.Subjects.Where(s => !s.Expires).Select(s => s.Id));
                if (resource.Revoke.HasFlag(Permissions.Write))
                    revoked.UnionWith(entry.Subjects.Select(s => s.Id));
            }
        }

        return !owners.IsSubsetOf(revoked);
    }
}

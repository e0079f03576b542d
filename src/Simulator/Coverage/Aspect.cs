using Leda.Harness.Simulator.Referee.Contract;

namespace Leda.Harness.Simulator.Coverage;

/// <summary>One kind of things that can be exercised.</summary>
internal abstract class Aspect
{
    /// <summary>What they are called.</summary>
    public abstract string Name { get; }

    /// <summary>All of them, in the order of the report.</summary>
    public abstract IReadOnlyList<string> Universe { get; }

    /// <summary>Those that a message exercises.</summary>
    public abstract IEnumerable<string> Of(SpokenMessage message);

    /// <summary>Another conversation begins: what came before does not go on.</summary>
    public virtual void Begin()
    {
    }

    /// <summary>The places of a profile's features that schemas apply to, as <c>Container/inbox/messages/start</c>.</summary>
    protected static IEnumerable<string> Places(SchemaCatalogue catalogue, CoverageProfile profile) =>
        from family in profile.Families
        from entry in catalogue.Entries
        from place in entry.AppliesTo
        where place == $"feature {family}" || place.StartsWith($"feature {family}/", StringComparison.Ordinal)
        let name = place["feature ".Length..]
        where !profile.Absent.Contains(name)
        select name;
}

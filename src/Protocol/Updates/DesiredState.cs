namespace Leda.Harness.Protocol.Updates;

/// <summary>What software a device is to have (<c>payloads.md</c> c.2). As it arrives: any member may be absent and any entry null.</summary>
public sealed record DesiredState
{
    /// <summary>Components that are updated together.</summary>
    public IReadOnlyList<Baseline?>? Baselines { get; init; }

    /// <summary>What each domain is to have; the containers' update agent accepts exactly one, its own.</summary>
    public IReadOnlyList<UpdateDomain?>? Domains { get; init; }
}

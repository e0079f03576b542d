namespace Leda.Harness.Protocol.Updates;

/// <summary>What software a device has (<c>payloads.md</c> section 10).</summary>
public sealed record Inventory
{
    /// <summary>The update agent itself, then what it looks after.</summary>
    public IReadOnlyList<SoftwareNode>? SoftwareNodes { get; init; }

    /// <summary>Which node belongs to which; absent if there is nothing to tell.</summary>
    public IReadOnlyList<Association>? Associations { get; init; }
}

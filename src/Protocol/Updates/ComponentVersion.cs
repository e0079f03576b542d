namespace Leda.Harness.Protocol.Updates;

/// <summary>A component and its version.</summary>
public sealed record ComponentVersion
{
    /// <summary>The component, as <c>domain:name</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The version that it is to have, or that is to go.</summary>
    public string? Version { get; init; }
}

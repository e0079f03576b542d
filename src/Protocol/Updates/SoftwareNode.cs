namespace Leda.Harness.Protocol.Updates;

/// <summary>One piece of software.</summary>
public sealed record SoftwareNode
{
    /// <summary>The type of a program.</summary>
    public const string Application = "APPLICATION";

    /// <summary>The type of a container.</summary>
    public const string Container = "CONTAINER";

    /// <summary><c>domain-update-agent</c> for the agent itself, <c>domain:name</c> for what it looks after.</summary>
    public required string Id { get; init; }

    /// <summary>Its version.</summary>
    public string? Version { get; init; }

    /// <summary>Its name, for people.</summary>
    public string? Name { get; init; }

    /// <summary>How it is, in an order that means something; keys of lists are repeated.</summary>
    public IReadOnlyList<KeyValue>? Parameters { get; init; }

    /// <summary><see cref="Application"/> or <see cref="Container"/> here; there are more kinds in other domains.</summary>
    public required string Type { get; init; }
}

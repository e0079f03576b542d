namespace Leda.Harness.Protocol.Updates;

/// <summary>A component as it is to be; for the containers' update agent, a container.</summary>
public sealed record DesiredComponent
{
    /// <summary>Its name within the domain.</summary>
    public string? Id { get; init; }

    /// <summary>Its version.</summary>
    public string? Version { get; init; }

    /// <summary>How it is to be; keys of lists are repeated.</summary>
    public IReadOnlyList<KeyValue?>? Config { get; init; }
}

namespace Leda.Harness.Device.Containers.Documents;

/// <summary>A host directory in a container.</summary>
internal sealed record MountDocument
{
    /// <summary>Path in the container; required.</summary>
    public string? Destination { get; init; }

    /// <summary>Path on the host; required.</summary>
    public string? Source { get; init; }

    /// <summary><c>rprivate</c> (default), <c>private</c>, <c>rshared</c>, <c>shared</c>, <c>rslave</c> or <c>slave</c>.</summary>
    public string? PropagationMode { get; init; }
}

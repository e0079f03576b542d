namespace Leda.Harness.Device.Containers.Documents;

/// <summary>The networks that a container is in, as the original's network controller knows them.</summary>
internal sealed record NetworkSettingsDocument
{
    /// <summary>By network mode.</summary>
    public IReadOnlyDictionary<string, NetworkDocument>? Networks { get; init; }

    /// <summary>Id of its network namespace.</summary>
    public string? SandboxId { get; init; }

    /// <summary>Path of its network namespace.</summary>
    public string? SandboxKey { get; init; }

    /// <summary>Id of the controller.</summary>
    public string? NetworkControllerId { get; init; }
}

namespace Leda.Harness.Device.Containers.Documents;

/// <summary>What a container has from its host. Enumerations are spelled in lower case with hyphens.</summary>
internal sealed record HostDocument
{
    /// <summary>Host devices that it may use.</summary>
    public IReadOnlyList<DeviceDocument>? Devices { get; init; }

    /// <summary><c>bridge</c> (default) or <c>host</c>.</summary>
    public string? NetworkMode { get; init; }

    /// <summary>Whether it may do everything.</summary>
    public bool Privileged { get; init; }

    /// <summary>When it is started again.</summary>
    public RestartPolicyDocument? RestartPolicy { get; init; }

    /// <summary>What containerd runs it with; default <see cref="ContainerInternals.DefaultRuntime"/>.</summary>
    public string? Runtime { get; init; }

    /// <summary>More host names.</summary>
    public IReadOnlyList<string>? ExtraHosts { get; init; }

    /// <summary>More Linux capabilities.</summary>
    public IReadOnlyList<string>? ExtraCapabilities { get; init; }

    /// <summary>Ports of the host that lead into it.</summary>
    public IReadOnlyList<PortDocument>? PortMappings { get; init; }

    /// <summary>Where its output goes.</summary>
    public LogDocument? LogConfig { get; init; }

    /// <summary>Its memory limits.</summary>
    public ResourcesDocument? Resources { get; init; }
}

namespace Leda.Harness.Device.Containers.Documents;

/// <summary>Ports of the host that lead into a container.</summary>
internal sealed record PortDocument
{
    /// <summary><c>tcp</c> (default) or <c>udp</c>.</summary>
    public string? Proto { get; init; }

    /// <summary>Port in the container.</summary>
    public ushort ContainerPort { get; init; }

    /// <summary>Address on the host; default <c>0.0.0.0</c>.</summary>
    public string? HostIp { get; init; }

    /// <summary>First port on the host.</summary>
    public ushort HostPort { get; init; }

    /// <summary>Last port on the host; default the first.</summary>
    public ushort HostPortEnd { get; init; }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Leda.Harness.Protocol.Kanto;

/// <summary>A port of the host that leads into a container.</summary>
public sealed record PortMapping
{
    /// <summary><c>tcp</c> (default) or <c>udp</c>.</summary>
    public string? Proto { get; init; }

    /// <summary>First port on the host; required.</summary>
    public ushort HostPort { get; init; }

    /// <summary>Last port on the host; default the first.</summary>
    public ushort HostPortEnd { get; init; }

    /// <summary>Port in the container; required.</summary>
    public ushort ContainerPort { get; init; }

    /// <summary>Address on the host; default <c>0.0.0.0</c>.</summary>
    [JsonPropertyName("hostIP")]
    public string? HostIP { get; init; }

    /// <summary>Members that are not named above; they survive a round trip.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

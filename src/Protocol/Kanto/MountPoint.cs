using System.Text.Json;
using System.Text.Json.Serialization;

namespace Leda.Harness.Protocol.Kanto;

/// <summary>A host directory in a container.</summary>
public sealed record MountPoint
{
    /// <summary>Path on the host; required.</summary>
    public string? Source { get; init; }

    /// <summary>Path in the container; required.</summary>
    public string? Destination { get; init; }

    /// <summary><c>RPRIVATE</c> (default), <c>PRIVATE</c>, <c>RSHARED</c>, <c>SHARED</c>, <c>RSLAVE</c> or <c>SLAVE</c>.</summary>
    public string? PropagationMode { get; init; }

    /// <summary>Members that are not named above; they survive a round trip.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

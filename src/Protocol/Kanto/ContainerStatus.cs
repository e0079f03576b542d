using System.Text.Json;
using System.Text.Json.Serialization;

namespace Leda.Harness.Protocol.Kanto;

/// <summary>The <c>status</c> property of a container's feature (<c>kanto-container-management.md</c> 3.2.1). Members that are <see langword="null"/> are left out on the wire.</summary>
public sealed record ContainerStatus
{
    /// <summary>The container's name; defaults to its id. Not unique.</summary>
    public string? Name { get; init; }

    /// <summary>The image reference exactly as given.</summary>
    public required string ImageRef { get; init; }

    /// <summary>How it is to be run.</summary>
    public ContainerConfig? Config { get; init; }

    /// <summary>When it was created, RFC 3339 in UTC with up to nine fractional digits.</summary>
    public required string CreatedAt { get; init; }

    /// <summary>What it does now.</summary>
    public required ContainerState State { get; init; }

    /// <summary>Members that are not named above; they survive a round trip.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Leda.Harness.Protocol.Kanto;

/// <summary>A host device in a container.</summary>
public sealed record DeviceMapping
{
    /// <summary>Path on the host; required.</summary>
    public string? PathOnHost { get; init; }

    /// <summary>Path in the container; default that on the host.</summary>
    public string? PathInContainer { get; init; }

    /// <summary>A subset of <c>rwm</c>; default all.</summary>
    public string? CgroupPermissions { get; init; }

    /// <summary>Members that are not named above; they survive a round trip.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

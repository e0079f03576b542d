using System.Text.Json;
using System.Text.Json.Serialization;

namespace Leda.Harness.Protocol.HawkBit;

/// <summary>The addresses of a file under one protocol (<c>payloads.md</c> 4.2).</summary>
public sealed record SoftwareArtifactLinks
{
    /// <summary>The file's.</summary>
    public string? Url { get; init; }

    /// <summary>That of a file with its MD5 digest; nobody fetches it.</summary>
    [JsonPropertyName("md5url")]
    public string? Md5Url { get; init; }

    /// <summary>Members that are not named above; they survive a round trip.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Leda.Harness.Protocol.Kanto;

/// <summary>What an encrypted image is opened with.</summary>
public sealed record Decryption
{
    /// <summary><c>path[:password]</c>.</summary>
    public IReadOnlyList<string>? Keys { get; init; }

    /// <summary><c>pkcs7:path</c>.</summary>
    public IReadOnlyList<string>? Recipients { get; init; }

    /// <summary>Members that are not named above; they survive a round trip.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

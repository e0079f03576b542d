using System.Text.Json;
using System.Text.Json.Serialization;

namespace Leda.Harness.Protocol.HawkBit;

/// <summary>A file to download (SoftwareArtifactAction 2.0.0, <c>payloads.md</c> 4.2).</summary>
public sealed record SoftwareArtifactAction
{
    /// <summary>Its name; ignored by Kanto's container management.</summary>
    public string? Filename { get; init; }

    /// <summary>Where it is, by protocol: <c>HTTP</c>, <c>HTTPS</c>, <c>FTP</c>, <c>SFTP</c>.</summary>
    public IReadOnlyDictionary<string, SoftwareArtifactLinks?>? Download { get; init; }

    /// <summary>Its digests in hex, by algorithm: <c>MD5</c>, <c>SHA1</c>, <c>SHA256</c>.</summary>
    public IReadOnlyDictionary<string, string?>? Checksums { get; init; }

    /// <summary>Its length in bytes; used to tell progress, and for nothing else.</summary>
    public ulong? Size { get; init; }

    /// <summary>Members that are not named above; they survive a round trip.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

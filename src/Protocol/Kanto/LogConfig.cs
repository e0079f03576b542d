using System.Text.Json;
using System.Text.Json.Serialization;

namespace Leda.Harness.Protocol.Kanto;

/// <summary>Where a container's output goes.</summary>
public sealed record LogConfig
{
    /// <summary><c>JSON_FILE</c> (default) or <c>NONE</c>.</summary>
    public string? Type { get; init; }

    /// <summary>How many files are kept; default 2.</summary>
    public long MaxFiles { get; init; }

    /// <summary>Size of each, for example <c>100M</c> (default).</summary>
    public string? MaxSize { get; init; }

    /// <summary>Directory; absolute.</summary>
    public string? RootDir { get; init; }

    /// <summary><c>BLOCKING</c> (default) or <c>NON_BLOCKING</c>.</summary>
    public string? Mode { get; init; }

    /// <summary>Buffer in <c>NON_BLOCKING</c> mode; default <c>1M</c>.</summary>
    public string? MaxBufferSize { get; init; }

    /// <summary>Members that are not named above; they survive a round trip.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

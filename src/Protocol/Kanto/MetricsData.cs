using System.Text.Json;
using System.Text.Json.Serialization;

namespace Leda.Harness.Protocol.Kanto;

/// <summary>The message <c>data</c> from the <see cref="Metrics"/> feature (<c>kanto-container-management.md</c> 3.3).</summary>
public sealed record MetricsData
{
    /// <summary>What was measured; never empty.</summary>
    public required IReadOnlyList<OriginatorMeasurements> Snapshot { get; init; }

    /// <summary>When, in seconds since 1970 (not milliseconds, whatever the public documentation says).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required long Timestamp { get; init; }

    /// <summary>Members that are not named above; they survive a round trip.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

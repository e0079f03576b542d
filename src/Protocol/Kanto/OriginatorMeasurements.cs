using System.Text.Json;
using System.Text.Json.Serialization;

namespace Leda.Harness.Protocol.Kanto;

/// <summary>What was measured on one originator.</summary>
public sealed record OriginatorMeasurements
{
    /// <summary>Who was measured: of container management the id of a container's feature, <c>Container:…</c>.</summary>
    public required string Originator { get; init; }

    /// <summary>What was measured; never empty.</summary>
    public required IReadOnlyList<Measurement> Measurements { get; init; }

    /// <summary>Members that are not named above; they survive a round trip.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

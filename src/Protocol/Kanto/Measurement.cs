using System.Text.Json;
using System.Text.Json.Serialization;

namespace Leda.Harness.Protocol.Kanto;

/// <summary>One measured value.</summary>
public sealed record Measurement
{
    /// <summary>What was measured, for example <c>cpu.utilization</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The value: percent, bytes or a count, as the id says.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double Value { get; init; }

    /// <summary>Members that are not named above; they survive a round trip.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

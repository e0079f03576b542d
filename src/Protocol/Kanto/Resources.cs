using System.Text.Json;
using System.Text.Json.Serialization;

namespace Leda.Harness.Protocol.Kanto;

/// <summary>Memory limits, as sizes such as <c>200M</c>.</summary>
public sealed record Resources
{
    /// <summary>Hard limit; at least <c>3M</c>.</summary>
    public string? Memory { get; init; }

    /// <summary>Soft limit.</summary>
    public string? MemoryReservation { get; init; }

    /// <summary>Memory and swap together; <c>-1</c> means without limit.</summary>
    public string? MemorySwap { get; init; }

    /// <summary>Members that are not named above; they survive a round trip.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

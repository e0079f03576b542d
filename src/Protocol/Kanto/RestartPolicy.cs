using System.Text.Json;
using System.Text.Json.Serialization;

namespace Leda.Harness.Protocol.Kanto;

/// <summary>When a container is started again.</summary>
public sealed record RestartPolicy
{
    /// <summary>How often at most, for <c>ON_FAILURE</c>; 0 means without limit.</summary>
    public long MaxRetryCount { get; init; }

    /// <summary>Longest pause between two attempts, in seconds.</summary>
    [JsonConverter(typeof(FiniteNumber))]
    public double RetryTimeout { get; init; }

    /// <summary><c>ALWAYS</c>, <c>NO</c>, <c>ON_FAILURE</c> or <c>UNLESS_STOPPED</c>; required.</summary>
    public string? Type { get; init; }

    /// <summary>Members that are not named above; they survive a round trip.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

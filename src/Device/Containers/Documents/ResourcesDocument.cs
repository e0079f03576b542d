using System.Text.Json.Serialization;

namespace Leda.Harness.Device.Containers.Documents;

/// <summary>Memory limits, as sizes such as <c>200M</c>; those that are not set are not written.</summary>
internal sealed record ResourcesDocument
{
    /// <summary>Hard limit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Memory { get; init; }

    /// <summary>Soft limit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MemoryReservation { get; init; }

    /// <summary>Memory and swap together; <c>-1</c> means without limit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MemorySwap { get; init; }
}

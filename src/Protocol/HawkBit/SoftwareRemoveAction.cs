using System.Text.Json;
using System.Text.Json.Serialization;

namespace Leda.Harness.Protocol.HawkBit;

/// <summary>The argument of <c>remove</c> and <c>cancelRemove</c> (SoftwareRemoveAction 2.0.0, <c>payloads.md</c> 4.3).</summary>
public sealed record SoftwareRemoveAction
{
    /// <summary>Under which all that happens is reported; a missing one reads as empty.</summary>
    public string CorrelationId { get; init => field = value ?? ""; } = "";

    /// <summary>What to remove, in this order; at least one.</summary>
    public IReadOnlyList<DependencyDescription?>? Software { get; init; }

    /// <summary>Which of several actions is more urgent, 0 to 1000; devices ignore it.</summary>
    public int? Weight { get; init; }

    /// <summary>Anything else; devices ignore it.</summary>
    public IReadOnlyDictionary<string, string?>? Metadata { get; init; }

    /// <summary>Whether to go on after one that could not be removed (<c>kanto-container-management.md</c> 3.4.5).</summary>
    public bool? Forced { get; init; }

    /// <summary>Members that are not named above; they survive a round trip.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

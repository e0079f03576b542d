using System.Text.Json;
using System.Text.Json.Serialization;

namespace Leda.Harness.Protocol.HawkBit;

/// <summary>The argument of <c>install</c>, <c>download</c> and <c>cancel</c> (SoftwareUpdateAction 2.0.0, <c>payloads.md</c> 4.1).</summary>
public sealed record SoftwareUpdateAction
{
    /// <summary>Under which all that happens is reported; a missing one reads as empty.</summary>
    public string CorrelationId { get; init => field = value ?? ""; } = "";

    /// <summary>What to install, in this order; at least one.</summary>
    public IReadOnlyList<SoftwareModuleAction?>? SoftwareModules { get; init; }

    /// <summary>Which of several actions is more urgent, 0 to 1000; devices ignore it.</summary>
    public int? Weight { get; init; }

    /// <summary>Anything else; devices ignore it.</summary>
    public IReadOnlyDictionary<string, string?>? Metadata { get; init; }

    /// <summary>Whether it is to be done as soon as possible; devices ignore it.</summary>
    public bool? Forced { get; init; }

    /// <summary>Members that are not named above; they survive a round trip.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

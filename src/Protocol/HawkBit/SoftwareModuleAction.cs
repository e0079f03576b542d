using System.Text.Json;
using System.Text.Json.Serialization;

namespace Leda.Harness.Protocol.HawkBit;

/// <summary>One software of an action, and where it is to be had (SoftwareModuleAction 2.0.0, <c>payloads.md</c> 4.1).</summary>
public sealed record SoftwareModuleAction
{
    /// <summary>What is installed.</summary>
    public SoftwareModule? SoftwareModule { get; init; }

    /// <summary>What it is made of; at least one, but for <c>cancel</c>.</summary>
    public IReadOnlyList<SoftwareArtifactAction?>? Artifacts { get; init; }

    /// <summary>Anything else; ignored by Kanto's container management.</summary>
    public IReadOnlyDictionary<string, string?>? Metadata { get; init; }

    /// <summary>Members that are not named above; they survive a round trip.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

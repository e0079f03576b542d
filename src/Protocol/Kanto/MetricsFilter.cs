using System.Text.Json;
using System.Text.Json.Serialization;

namespace Leda.Harness.Protocol.Kanto;

/// <summary>Which measurements are wanted. Of several filters one has to let a measurement through.</summary>
public sealed record MetricsFilter
{
    /// <summary>Beginnings of measurement ids, perhaps with stars around; default, or empty, all.</summary>
    public IReadOnlyList<string?>? Id { get; init; }

    /// <summary>The same as the feature's model spells it (<c>payloads.md</c> 7); <see cref="Id"/> goes first.</summary>
    public IReadOnlyList<string?>? Ids { get; init; }

    /// <summary>Who is measured; default, or empty, everyone.</summary>
    public string? Originator { get; init; }

    /// <summary>Members that are not named above; they survive a round trip.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Leda.Harness.Protocol.Kanto;

/// <summary>The argument of <c>request</c> on the <see cref="Metrics"/> feature: what is to be reported, and how often (<c>kanto-container-management.md</c> 3.3).</summary>
public sealed record MetricsRequest
{
    /// <summary>How often: a duration as Go writes it, or a number of seconds; see <see cref="TryGetFrequency"/>.</summary>
    public JsonElement? Frequency { get; init; }

    /// <summary>What of it is reported, as the original reads it; default, or empty, everything.</summary>
    public IReadOnlyList<MetricsFilter?>? Filter { get; init; }

    /// <summary>The same as the feature's model spells it (<c>payloads.md</c> 7); <see cref="Filter"/> goes first.</summary>
    public IReadOnlyList<MetricsFilter?>? Filters { get; init; }

    /// <summary>Members that are not named above; they survive a round trip.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }

    /// <summary>The frequency; none is zero, which asks for nothing.</summary>
    /// <param name="frequency">The result; of numbers the whole seconds.</param>
    /// <param name="problem">Why it is none, for people.</param>
    public bool TryGetFrequency(out GoDuration frequency, [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        frequency = GoDuration.Zero;
        switch (Frequency)
        {
            case null or { ValueKind: JsonValueKind.Null }:
                return true;
            case { ValueKind: JsonValueKind.String } text:
                return GoDuration.TryParse(text.GetString()!, out frequency, out problem);
            case { ValueKind: JsonValueKind.Number } number:
                frequency = GoDuration.FromSeconds(number.GetDouble());
                return true;
            case { } other:
                problem = $"invalid duration: expected a string such as 5s or a number of seconds, not {other.ValueKind}";
                return false;
        }
    }
}

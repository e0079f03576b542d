using System.Text.Json;

namespace Leda.Harness.Simulator.Referee;

/// <summary>A feature, or a part of one, as an envelope states it.</summary>
/// <param name="Id">The feature's id.</param>
/// <param name="Family">What kind it is, see <see cref="FeatureFamily"/>.</param>
/// <param name="Below">Which part, as a JSON pointer below the feature; empty for all of it.</param>
/// <param name="Value">The part.</param>
/// <param name="At">Where it stands in the message.</param>
/// <param name="Definitions">The definitions that a whole feature carries.</param>
internal readonly record struct FeaturePart(string Id, string Family, string Below, JsonElement Value, string At, IReadOnlyList<string> Definitions)
{
    /// <summary>A part of the feature, if this is or contains it.</summary>
    /// <param name="place">Where it is below the feature.</param>
    public (JsonElement Value, string At)? Find(FeaturePlace place)
    {
        var below = place.Text;
        if (!below.StartsWith(Below, StringComparison.Ordinal) || (Below.Length > 0 && below.Length > Below.Length && below[Below.Length] != '/'))
            return null;
        var value = Value;
        foreach (var (end, name) in place.Names)
        {
            if (end > Below.Length && (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value)))
                return null;
        }

        return (value, At + below[Below.Length..]);
    }
}

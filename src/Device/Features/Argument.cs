using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Leda.Harness.Device.Features;

/// <summary>Reads the arguments of operations.</summary>
internal static class Argument
{
    /// <summary>Reads an argument of a known shape; none gives <see langword="null"/>, as in Go.</summary>
    /// <param name="json">The argument.</param>
    /// <param name="shape">What it is to be.</param>
    /// <param name="value">The result.</param>
    /// <param name="problem">What is of the wrong type and where, for people (status 400).</param>
    public static bool TryRead<T>(JsonElement? json, JsonTypeInfo<T> shape, out T? value, [NotNullWhen(false)] out string? problem)
    {
        value = default;
        problem = null;
        try
        {
            value = json is { } given ? given.Deserialize(shape) : default;
            return true;
        }
        catch (JsonException e)
        {
            problem = $"json: cannot read the value at {e.Path ?? "$"}: wrong type or out of range";
            return false;
        }
    }
}

using System.Text.Json;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Scenarios.Steps;

/// <summary>Comparisons that need no waiting.</summary>
internal static class Check
{
    public static void Equal<T>(T expected, T seen, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, seen))
            throw new ExpectationException($"{what} to be {expected}; seen {seen}", null);
    }

    /// <summary>Compares JSON by meaning: the order of members does not matter.</summary>
    public static bool SameJson(string expected, JsonElement? seen) =>
        seen is { } json && JsonElement.DeepEquals(JsonText.Parse(expected), json);
}

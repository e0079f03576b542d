using System.Collections.Immutable;
using System.Text.Json;

namespace Leda.Harness.Simulator.Rql;

/// <summary>Finds values on a way of keys; through an array the way goes on in each of its elements (<c>ditto.md</c> 6.3, arrays).</summary>
internal static class RqlPath
{
    /// <summary>What stands at the end of the way.</summary>
    /// <param name="root">Where the way starts.</param>
    /// <param name="way">The keys.</param>
    /// <param name="wildcard">Which of the keys stands for any key; negative for none.</param>
    public static RqlValue? Find(JsonElement root, ReadOnlySpan<string> way, int wildcard = -1)
    {
        for (var i = 0; i < way.Length; i++)
        {
            if (root.ValueKind == JsonValueKind.Array)
                return InEach(root.EnumerateArray(), way[i..], wildcard - i);
            if (root.ValueKind != JsonValueKind.Object)
                return null;
            if (i == wildcard)
                return InEach(root.EnumerateObject().Select(m => m.Value), way[(i + 1)..], -1);
            if (!root.TryGetProperty(way[i], out root))
                return null;
        }

        return RqlValue.Of(root);
    }

    private static RqlValue? InEach(IEnumerable<JsonElement> roots, ReadOnlySpan<string> way, int wildcard)
    {
        var found = ImmutableArray.CreateBuilder<RqlValue>();
        foreach (var root in roots)
        {
            if (Find(root, way, wildcard) is { } value)
                found.Add(value);
        }

        return RqlValue.OfSeveral(found.DrainToImmutable());
    }
}

using System.Runtime.InteropServices;
using System.Text.Json;

namespace Leda.Harness.Simulator.JsonSchema;

/// <summary>Equality as JSON Schema means it: <c>1</c> is <c>1.0</c>, the order of members does not count.</summary>
internal sealed class JsonEquality : IEqualityComparer<JsonElement>
{
    public static JsonEquality Comparer { get; } = new();

    public bool Equals(JsonElement x, JsonElement y) => JsonElement.DeepEquals(x, y);

    public int GetHashCode(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.GetHashCode(StringComparison.Ordinal),
        JsonValueKind.Number => new NumberText(JsonMarshal.GetRawUtf8Value(value)).GetHashCode(),
        JsonValueKind.Array => value.EnumerateArray().Aggregate(1, (hash, item) => HashCode.Combine(hash, GetHashCode(item))),
        JsonValueKind.Object => value.EnumerateObject().Aggregate(2, (hash, member) => hash ^ HashCode.Combine(member.Name, GetHashCode(member.Value))),
        _ => (int)value.ValueKind,
    };
}

using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Rql;

namespace Leda.Harness.Simulator.Api.Registry;

/// <summary>One <c>filterJson</c>: what stands at a pointer equals a value; in a string <c>*</c> stands for any characters and <c>?</c> for one.
/// An array matches if one of its items does; <c>/enabled</c> is true where nothing else was registered.</summary>
internal sealed class RegistryFilter
{
    private readonly JsonPointer _field;
    private readonly JsonElement _value;

    private RegistryFilter(JsonPointer field, JsonElement value) => (_field, _value) = (field, value);

    public static bool TryParse(string text, [NotNullWhen(true)] out RegistryFilter? filter)
    {
        filter = JsonText.TryParse(Encoding.UTF8.GetBytes(text), out var json, out _) && json.ValueKind == JsonValueKind.Object
            && json.TryGetProperty("field", out var field) && field.ValueKind == JsonValueKind.String
            && JsonPointer.TryParse(field.GetString(), out var pointer, out _)
            && (!json.TryGetProperty("op", out var op) || (op.ValueKind == JsonValueKind.String && op.ValueEquals("eq")))
            && json.TryGetProperty("value", out var value)
            && value.ValueKind is JsonValueKind.True or JsonValueKind.False or JsonValueKind.Number or JsonValueKind.String
            ? new RegistryFilter(pointer, value)
            : null;
        return filter is not null;
    }

    public bool Matches(JsonElement entity)
    {
        if (!_field.TryGet(entity, out var found))
            return _field.Segments is ["enabled"] && _value.ValueKind == JsonValueKind.True;
        return found.ValueKind == JsonValueKind.Array ? found.EnumerateArray().Any(IsValue) : IsValue(found);
    }

    private bool IsValue(JsonElement found) => (found.ValueKind, _value.ValueKind) switch
    {
        (JsonValueKind.String, JsonValueKind.String) => LikePattern.IsMatch(found.GetString(), _value.GetString(), ignoreCase: false),
        var (kind, expected) => kind == expected && JsonElement.DeepEquals(found, _value),
    };
}

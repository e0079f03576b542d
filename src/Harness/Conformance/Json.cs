using System.Text.Json;

namespace Leda.Harness.Conformance;

/// <summary>Looks into JSON that may be anything.</summary>
internal static class Json
{
    /// <summary>What stands further down, or <see langword="null"/>.</summary>
    public static JsonElement? At(JsonElement? value, params ReadOnlySpan<string> way)
    {
        foreach (var key in way)
            value = value is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty(key, out var next) ? next : null;
        return value;
    }

    /// <summary>A text further down, or <see langword="null"/>.</summary>
    public static string? Text(JsonElement? value, params ReadOnlySpan<string> way) =>
        At(value, way) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>A whole number further down, or <see langword="null"/>.</summary>
    public static long? Number(JsonElement? value, params ReadOnlySpan<string> way) =>
        At(value, way) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var whole) ? whole : null;

    /// <summary>The members of what may be an object.</summary>
    public static IEnumerable<JsonProperty> Members(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Object } json ? json.EnumerateObject() : [];

    /// <summary>The elements of what may be an array.</summary>
    public static IEnumerable<JsonElement> Elements(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Array } json ? json.EnumerateArray() : [];

    /// <summary>As people are shown it, cut short.</summary>
    public static string Show(JsonElement? value)
    {
        var text = value?.GetRawText() ?? "nothing";
        return text.Length <= 200 ? text : $"{text.AsSpan(0, 200)}…";
    }
}

using System.Text;
using System.Text.Json;

namespace Leda.Harness.Simulator.Referee;

/// <summary>Members of values of which nothing is known yet, by their names in UTF-8, in which they are found fastest.</summary>
internal static class JsonMembers
{
    /// <summary>A member; <see langword="null"/> if it is absent or the value is no object.</summary>
    public static JsonElement? Member(this JsonElement json, ReadOnlySpan<byte> name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member) ? member : null;

    /// <summary>A member that is a string.</summary>
    public static string? Text(this JsonElement json, ReadOnlySpan<byte> name) =>
        json.Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <inheritdoc cref="Text(JsonElement, ReadOnlySpan{byte})"/>
    public static string? Text(this JsonElement json, string name) => json.Text(Encoding.UTF8.GetBytes(name));

    /// <summary>A member that is a whole number.</summary>
    public static long? Whole(this JsonElement json, ReadOnlySpan<byte> name) =>
        json.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var whole) ? whole : null;

    /// <summary>The items of a member that is an array.</summary>
    public static JsonElement.ArrayEnumerator Items(this JsonElement json, ReadOnlySpan<byte> name) =>
        json.Member(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : default;
}

using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text.Json;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Rql;

namespace Leda.Harness.Simulator.Search;

/// <summary>The place between two pages. To the outside an opaque text that is good in a URL; whoever shows it again goes on with the same
/// search, from behind the last thing that he saw, whatever was added or deleted meanwhile.</summary>
/// <param name="Filter">The filter; <see langword="null"/> for none.</param>
/// <param name="Namespaces">The namespaces; <see langword="null"/> for all.</param>
/// <param name="Sort">The sort keys, as in <c>sort(…)</c>.</param>
/// <param name="Last">What the last thing has in each of them.</param>
internal sealed record SearchCursor(string? Filter, ImmutableSortedSet<string>? Namespaces, string Sort, ImmutableArray<RqlValue> Last)
{
    public string Encode() => Base64Url.EncodeToString(JsonText.Write(writer =>
    {
        writer.WriteStartArray();
        writer.WriteStringValue(Filter);
        if (Namespaces is null)
            writer.WriteNullValue();
        else
            WriteArray(writer, Namespaces, static (w, name) => w.WriteStringValue(name));
        writer.WriteStringValue(Sort);
        WriteArray(writer, Last, static (w, value) => value.WriteKey(w));
        writer.WriteEndArray();
    }));

    /// <returns><see langword="null"/> if it is not one of ours.</returns>
    public static SearchCursor? Decode(string text)
    {
        if (!Base64Url.IsValid(text) || !JsonText.TryParse(Base64Url.DecodeFromChars(text), out var json, out _))
            return null;
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() != 4)
            return null;
        var (filter, namespaces, sort, last) = (json[0], json[1], json[2], json[3]);
        if (filter.ValueKind is not (JsonValueKind.String or JsonValueKind.Null) || sort.ValueKind != JsonValueKind.String
            || !IsArrayOrNull(namespaces) || last.ValueKind != JsonValueKind.Array)
            return null;
        return new SearchCursor(
            filter.GetString(),
            namespaces.ValueKind == JsonValueKind.Null ? null : [.. namespaces.EnumerateArray().Select(n => n.ToString())],
            sort.GetString()!,
            [.. last.EnumerateArray().Select(RqlValue.Of)]);
    }

    private static bool IsArrayOrNull(JsonElement json) => json.ValueKind is JsonValueKind.Array or JsonValueKind.Null;

    private static void WriteArray<T>(Utf8JsonWriter writer, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray();
        foreach (var item in items)
            write(writer, item);
        writer.WriteEndArray();
    }
}

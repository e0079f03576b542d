using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Leda.Harness.Protocol.Json;

/// <summary>
/// Where something stands inside a JSON value: <c>/status/state</c>. Segments are object keys, never array indexes, as in
/// Eclipse Ditto (<c>ditto.md</c> 2.2); <c>~0</c> and <c>~1</c> stand for <c>~</c> and <c>/</c> (RFC 6901).
/// </summary>
public readonly record struct JsonPointer
{
    private readonly ImmutableArray<string> _segments;

    private JsonPointer(ImmutableArray<string> segments) => _segments = segments;

    /// <summary>The whole value.</summary>
    public static JsonPointer Root { get; } = new([]);

    /// <summary>The pointer of these keys, which are not escaped.</summary>
    public static JsonPointer Of(params ImmutableArray<string> segments) => new(segments);

    /// <summary>The keys on the way down, unescaped; empty for the whole value.</summary>
    public ImmutableArray<string> Segments => _segments.IsDefault ? [] : _segments;

    /// <summary>Whether this is the whole value.</summary>
    public bool IsRoot => Segments.IsEmpty;

    /// <summary>Reads a pointer; <c>""</c> and <c>/</c> mean the whole value, as in Ditto.</summary>
    /// <param name="text">The pointer.</param>
    /// <param name="pointer">The result.</param>
    /// <param name="problem">What is wrong, for people.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out JsonPointer pointer, [NotNullWhen(false)] out string? problem)
    {
        pointer = Root;
        problem = null;
        if (text.IsEmpty || text is "/")
            return true;
        if (text[0] != '/')
        {
            problem = $"the pointer '{text}' does not start with '/'";
            return false;
        }

        if (text.IndexOf("//") >= 0)
        {
            problem = "Consecutive slashes in JSON pointers are not supported.";
            return false;
        }

        var segments = ImmutableArray.CreateBuilder<string>();
        foreach (var range in text[1..].Split('/'))
        {
            var segment = text[1..][range];
            if (!segment.IsEmpty)
                segments.Add(Unescape(segment));
        }

        pointer = new JsonPointer(segments.ToImmutable());
        return true;
    }

    /// <summary>Reads a pointer that is known to be good.</summary>
    /// <exception cref="FormatException">The text is no pointer.</exception>
    public static JsonPointer Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var pointer, out var problem) ? pointer : throw new FormatException(problem);

    /// <summary>This pointer without its first segments.</summary>
    public JsonPointer Skip(int count) => new(Segments[count..]);

    /// <summary>The value at this place.</summary>
    /// <returns><see langword="false"/> when there is none, or when the way leads through something that is no object.</returns>
    public bool TryGet(JsonElement root, out JsonElement value)
    {
        value = root;
        foreach (var segment in Segments)
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(segment, out value))
                return false;
        }

        return true;
    }

    /// <summary>A copy of a value with another value at this place; missing parents are made, parents that are no objects are replaced.</summary>
    public JsonElement Set(JsonElement root, JsonElement value)
    {
        var segments = Segments;
        return segments.IsEmpty ? value : JsonText.Build(writer => WriteReplaced(writer, root, segments.AsSpan(), value));
    }

    /// <summary>A copy of a value without what stands at this place; the same value when nothing stands there.</summary>
    public JsonElement Remove(JsonElement root)
    {
        var segments = Segments;
        return segments.IsEmpty || !TryGet(root, out _)
            ? root
            : JsonText.Build(writer => WriteReplaced(writer, root, segments.AsSpan(), null));
    }

    /// <summary>The pointer as text, escaped; <c>/</c> for the whole value.</summary>
    public override string ToString() => IsRoot ? "/" : string.Concat(Segments.Select(s => "/" + Escape(s)));

    /// <summary>Two pointers are equal when their segments are.</summary>
    public bool Equals(JsonPointer other) => Segments.SequenceEqual(other.Segments);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var segment in Segments)
            hash.Add(segment, StringComparer.Ordinal);
        return hash.ToHashCode();
    }

    private static void WriteReplaced(Utf8JsonWriter writer, JsonElement current, ReadOnlySpan<string> way, JsonElement? value)
    {
        var key = way[0];
        var last = way.Length == 1;
        var written = false;
        writer.WriteStartObject();
        if (current.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in current.EnumerateObject())
            {
                if (!member.NameEquals(key))
                {
                    member.WriteTo(writer);
                    continue;
                }

                written = true;
                if (last && value is null)
                    continue;
                writer.WritePropertyName(key);
                WriteBelow(writer, member.Value, way, value);
            }
        }

        if (!written && value is not null)
        {
            writer.WritePropertyName(key);
            WriteBelow(writer, default, way, value);
        }

        writer.WriteEndObject();

        static void WriteBelow(Utf8JsonWriter writer, JsonElement current, ReadOnlySpan<string> way, JsonElement? value)
        {
            if (way.Length == 1)
                value!.Value.WriteTo(writer);
            else
                WriteReplaced(writer, current, way[1..], value);
        }
    }

    /// <summary>A key as it is written in a pointer.</summary>
    internal static string Escape(string segment) => segment.Replace("~", "~0").Replace("/", "~1");

    private static string Unescape(ReadOnlySpan<char> segment) =>
        segment.Contains('~') ? segment.ToString().Replace("~1", "/").Replace("~0", "~") : segment.ToString();
}

using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Leda.Harness.Protocol.Json;

/// <summary>How JSON text is read and written on this bus: strict in, compact out.</summary>
public static class JsonText
{
    /// <summary>Deepest nesting that is read, System.Text.Json's own default. Deeper text is refused as not JSON.</summary>
    public const int MaxDepth = 64;

    private static readonly JsonElement _true = JsonElement.Parse("true"u8);
    private static readonly JsonElement _false = JsonElement.Parse("false"u8);

    /// <summary>No comments, no trailing commas, no duplicate keys (<c>payloads.md</c> 1.2: laxer readers silently keep the last of two).</summary>
    public static JsonDocumentOptions Strict { get; } = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };

    // What is read may stand inside something of ours, a page of a search or an acknowledgement, and is no deeper than this then.
    private static readonly JsonDocumentOptions _own = Strict with { MaxDepth = 2 * MaxDepth };

    /// <summary>Compact output that escapes only what JSON demands.</summary>
    public static JsonWriterOptions Compact { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads one JSON value from UTF-8 text.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="value">The value; it owns its memory.</param>
    /// <param name="problem">Why the text is no JSON, for people; <see langword="null"/> when it is.</param>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out JsonElement value, [NotNullWhen(false)] out string? problem)
    {
        value = default;
        problem = utf8.IsEmpty ? "the payload is empty" : !Utf8.IsValid(utf8) ? "the text is not UTF-8" : null;
        if (problem is not null)
            return false;
        try
        {
            value = JsonElement.Parse(utf8, Strict);
            problem = utf8.IndexOf("\\u"u8) >= 0 && HasLoneSurrogate(value) ? "a string has half of a surrogate pair" : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            problem = e.Message;
        }

        return problem is null;
    }

    /// <summary>Reads one JSON value from text that is known to be good.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static JsonElement Parse(string json) => JsonElement.Parse(json, _own);

    /// <inheritdoc cref="Parse(string)"/>
    public static JsonElement Parse(ReadOnlySpan<byte> utf8) => JsonElement.Parse(utf8, _own);

    /// <summary>Writes compact UTF-8 JSON with a writer.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Compact))
            write(writer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Builds a JSON value with a writer.</summary>
    public static JsonElement Build(Action<Utf8JsonWriter> write) => JsonElement.Parse(Write(write), new JsonDocumentOptions { MaxDepth = _own.MaxDepth });

    /// <summary>The same value without blanks and needless escapes, so that equal values are equal text; itself if it has none.</summary>
    public static JsonElement Compacted(this JsonElement value) =>
        JsonMarshal.GetRawUtf8Value(value).IndexOfAny(" \t\r\n\\"u8) < 0 ? value : Build(value.WriteTo);

    /// <summary>JSON's <c>null</c>.</summary>
    public static JsonElement Null { get; } = JsonElement.Parse("null"u8);

    /// <summary>A JSON boolean.</summary>
    public static JsonElement Boolean(bool value) => value ? _true : _false;

    /// <summary>A JSON string value.</summary>
    public static JsonElement String(string text) => Build(writer => writer.WriteStringValue(text));

    // System.Text.Json looks at the inside of a string only when it is fetched, and then throws.
    private static bool HasLoneSurrogate(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(m => IsBroken(m, static m => m.Name) || HasLoneSurrogate(m.Value)),
        JsonValueKind.Array => value.EnumerateArray().Any(HasLoneSurrogate),
        JsonValueKind.String => IsBroken(value, static v => v.GetString()),
        _ => false,
    };

    private static bool IsBroken<T>(T from, Func<T, string?> read)
    {
        try
        {
            return read(from) is null;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }
}

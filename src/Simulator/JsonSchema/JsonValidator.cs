using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Simulator.JsonSchema;

/// <summary>
/// One schema. Whether a text passes is found out in one pass over its bytes, without garbage if the schema leaves out <c>format</c>, look-around
/// in patterns, and objects and arrays in <c>enum</c> and <c>const</c>, and the items of a <c>uniqueItems</c> are few. Why it does not is another, slower question. Safe for use from
/// several threads.
/// </summary>
public sealed class JsonValidator
{
    private static readonly JsonReaderOptions _strict = new() { MaxDepth = JsonText.MaxDepth };

    private readonly SchemaNode _schema;

    internal JsonValidator(SchemaNode schema) => _schema = schema;

    /// <summary>Whether a text is one JSON value that passes. Text that is no JSON, or nested too deeply, does not.</summary>
    public bool IsValid(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
            return false;
        var reader = new Utf8JsonReader(utf8, _strict);
        try
        {
            return reader.Read() && _schema.Check(ref reader) && !reader.Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false; // the latter when a string turns out to have half of a surrogate pair
        }
    }

    /// <summary>Whether a value passes.</summary>
    public bool IsValid(JsonElement value) => IsValid(JsonMarshal.GetRawUtf8Value(value));

    /// <summary>
    /// This schema and another one for a member of which this says that it may be anything, to judge both in one pass; <see langword="null"/>
    /// if it does not say so.
    /// </summary>
    internal JsonValidator? With(string member, JsonValidator other) => _schema.With(member, other._schema) is { } both ? new JsonValidator(both) : null;

    /// <summary>Why a value does not pass; nothing if it does.</summary>
    /// <param name="value">The value.</param>
    /// <param name="at">JSON pointer to it.</param>
    internal IEnumerable<Violation> Explain(JsonElement value, string at = "") => _schema.Explain(value, at);

    internal static Utf8JsonReader ReaderOf(JsonElement value) => new(JsonMarshal.GetRawUtf8Value(value), _strict);
}

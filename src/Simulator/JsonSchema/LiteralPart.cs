using System.Text.Json;

namespace Leda.Harness.Simulator.JsonSchema;

/// <summary><c>enum</c> and <c>const</c>: the value is one of these.</summary>
internal sealed class LiteralPart : SchemaPart
{
    private readonly SchemaNode _schema;
    private readonly string _keyword;
    private readonly NameTable _strings;
    private readonly JsonElement[] _others;

    private LiteralPart(SchemaNode schema, string keyword, IReadOnlyCollection<JsonElement> literals)
    {
        (_schema, _keyword) = (schema, keyword);
        _strings = new NameTable(literals.Where(literal => literal.ValueKind == JsonValueKind.String).Select(literal => literal.GetString()!).Distinct());
        _others = [.. literals.Where(literal => literal.ValueKind != JsonValueKind.String)];
    }

    public override Kinds Concerns => Kinds.All;

    /// <summary>The demands of a schema.</summary>
    public static IEnumerable<LiteralPart> Of(SchemaNode schema)
    {
        var place = schema.Place;
        if (place.Get("enum", JsonValueKind.Array, "an array of values") is { } values)
            yield return new LiteralPart(schema, "enum", [.. values.EnumerateArray()]);
        if (place.Json.TryGetProperty("const", out var value))
            yield return new LiteralPart(schema, "const", [value]);
    }

    public override bool Check(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String or JsonTokenType.PropertyName => HasString(ref reader),
        JsonTokenType.True => HasKind(JsonValueKind.True),
        JsonTokenType.False => HasKind(JsonValueKind.False),
        JsonTokenType.Null => HasKind(JsonValueKind.Null),
        JsonTokenType.Number => HasNumber(reader.ValueSpan),
        _ => _others.Length > 0 && HasEqual(JsonElement.ParseValue(ref reader)),
    };

    public override IEnumerable<Violation> Explain(JsonElement value, string at) => Holds(value) ? [] : [new Violation(_keyword, _schema, at, value)];

    private bool HasString(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
            return _strings.Find(reader.ValueSpan) >= 0;
        using var text = new UnescapedText(ref reader);
        return _strings.Find(text.Utf8) >= 0;
    }

    private bool HasKind(JsonValueKind kind)
    {
        foreach (var other in _others)
        {
            if (other.ValueKind == kind)
                return true;
        }

        return false;
    }

    private bool HasNumber(ReadOnlySpan<byte> text)
    {
        foreach (var other in _others)
        {
            if (other.ValueKind == JsonValueKind.Number && new NumberText(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(other)).ComparedTo(new NumberText(text)) == 0)
                return true;
        }

        return false;
    }

    private bool HasEqual(JsonElement value) => _others.Any(other => JsonEquality.Comparer.Equals(other, value));
}

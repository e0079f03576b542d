using System.Text.Json;

namespace Leda.Harness.Simulator.JsonSchema;

/// <summary>What is demanded of a string.</summary>
internal sealed class StringPart : SchemaPart
{
    private readonly SchemaNode _schema;
    private readonly long _least;
    private readonly long _most;
    private readonly Pattern? _pattern;
    private readonly Func<string, bool>? _format;

    private StringPart(SchemaNode schema)
    {
        var place = schema.Place;
        _schema = schema;
        _least = place.Count("minLength") ?? 0;
        _most = place.Count("maxLength") ?? long.MaxValue;
        _pattern = place.Get("pattern", JsonValueKind.String, "a regular expression") is { } pattern ? Pattern.Of(place, pattern.GetString()!, "pattern") : null;
        if (place.Get("format", JsonValueKind.String, "the name of a format") is { } format)
        {
            _format = Formats.Named(format.GetString()!)
                ?? throw place.Refuse($"there is no format '{format}' in draft-07: write a 'pattern' instead, or call it 'x-format' if it is a note", "format");
        }
    }

    public override Kinds Concerns => Kinds.String;

    /// <summary>The demands of a schema; <see langword="null"/> if there are none.</summary>
    public static StringPart? Of(SchemaNode schema) =>
        schema.Place.HasAny("minLength", "maxLength", "pattern", "format") ? new StringPart(schema) : null;

    public override bool Check(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
            return Broken(reader.ValueSpan) is null;
        using var text = new UnescapedText(ref reader);
        return Broken(text.Utf8) is null;
    }

    public override IEnumerable<Violation> Explain(JsonElement value, string at) =>
        Broken(System.Text.Encoding.UTF8.GetBytes(value.GetString()!)) is { } keyword ? [new Violation(keyword, _schema, at, value)] : [];

    /// <summary>The first keyword that does not hold.</summary>
    private string? Broken(ReadOnlySpan<byte> text)
    {
        // A character takes four bytes at most.
        if (text.Length < _least || (text.Length < 4 * _least && Length(text) < _least))
            return "minLength";
        if (text.Length > _most && Length(text) > _most)
            return "maxLength";
        if (_pattern?.IsMatch(text) == false)
            return "pattern";
        return _format?.Invoke(System.Text.Encoding.UTF8.GetString(text)) == false ? "format" : null;
    }

    /// <summary>How many code points there are: bytes that do not go on with a character.</summary>
    private static int Length(ReadOnlySpan<byte> text)
    {
        var length = 0;
        foreach (var unit in text)
            length += (unit & 0xC0) == 0x80 ? 0 : 1;
        return length;
    }
}

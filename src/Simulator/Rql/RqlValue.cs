using System.Collections.Immutable;
using System.Text.Json;

namespace Leda.Harness.Simulator.Rql;

/// <summary>A value that an expression is about: a literal, or what a property has. Several values of one property (a feature wildcard, a
/// way that leads through an array) are an array.</summary>
internal readonly struct RqlValue
{
    private readonly string? _text;
    private readonly JsonElement _json;
    private readonly ImmutableArray<RqlValue> _several;

    private RqlValue(RqlType type, string? text = null, RqlNumber number = default, JsonElement json = default)
    {
        Type = type;
        _text = text;
        Number = number;
        _json = json;
    }

    private RqlValue(ImmutableArray<RqlValue> several)
    {
        Type = RqlType.Array;
        _several = several;
    }

    public static RqlValue Null => default;

    /// <summary>Something that holds other things, and no more is known about it.</summary>
    public static RqlValue Object { get; } = new(RqlType.Object, json: JsonElement.Parse("""{"":null}"""));

    public RqlType Type { get; }

    /// <summary>The number, if it is one.</summary>
    public RqlNumber Number { get; }

    /// <summary>The value as text: the string itself, <c>true</c>, <c>12.5</c>.</summary>
    public string Text => _text ?? (_json.ValueKind == JsonValueKind.Undefined ? "" : _json.GetRawText());

    /// <summary>Missing parts aside: <c>null</c>, <c>""</c>, <c>[]</c> and <c>{}</c>; of several values one is enough.</summary>
    public bool IsEmpty => Type switch
    {
        RqlType.Null => true,
        RqlType.String => Text.Length == 0,
        RqlType.Object => !_json.EnumerateObject().Any(),
        RqlType.Array => _several.IsDefault ? _json.GetArrayLength() == 0 : _several.Any(v => v.IsEmpty),
        _ => false,
    };

    public static RqlValue Of(string text) => new(RqlType.String, text);

    public static RqlValue Of(bool value) => new(RqlType.Boolean, value ? "true" : "false");

    public static RqlValue Of(long value) => new(RqlType.Number, value.ToString(), RqlNumber.Of(value));

    public static RqlValue Of(RqlNumber number, string text) => new(RqlType.Number, text, number);

    public static RqlValue Of(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => Of(json.GetString()!),
        JsonValueKind.True => Of(true),
        JsonValueKind.False => Of(false),
        JsonValueKind.Number => OfNumber(json),
        JsonValueKind.Object => new(RqlType.Object, json: json),
        JsonValueKind.Array => new(RqlType.Array, json: json),
        _ => Null,
    };

    /// <returns><see langword="null"/> if there are none.</returns>
    public static RqlValue? OfSeveral(ImmutableArray<RqlValue> values) =>
        values.Length switch { 0 => null, 1 => values[0], _ => new RqlValue(values) };

    /// <summary>Whether this, or anything in this array and the arrays in it, passes a test.</summary>
    public bool Any<T>(T state, Func<RqlValue, T, bool> test)
    {
        if (Type != RqlType.Array)
            return test(this, state);
        foreach (var item in Items())
        {
            if (item.Any(state, test))
                return true;
        }

        return false;
    }

    /// <summary>Writes a value that <see cref="RqlOrder"/> puts into the same place.</summary>
    public void WriteKey(Utf8JsonWriter writer)
    {
        switch (Type)
        {
            case RqlType.Number: writer.WriteRawValue(Text); break;
            case RqlType.String: writer.WriteStringValue(Text); break;
            case RqlType.Boolean: writer.WriteBooleanValue(Text == "true"); break;
            case RqlType.Object: writer.WriteRawValue("{}"); break;
            case RqlType.Array: writer.WriteRawValue("[]"); break;
            default: writer.WriteNullValue(); break;
        }
    }

    private static RqlValue OfNumber(JsonElement json)
    {
        if (json.TryGetInt64(out var whole))
            return new(RqlType.Number, null, RqlNumber.Of(whole), json);
        _ = RqlNumber.TryParse(json.GetRawText(), out var number);
        return new(RqlType.Number, null, number, json);
    }

    private IEnumerable<RqlValue> Items() => _several.IsDefault ? _json.EnumerateArray().Select(Of) : _several;
}

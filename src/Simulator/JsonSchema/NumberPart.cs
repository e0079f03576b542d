using System.Buffers.Text;
using System.Text.Json;

namespace Leda.Harness.Simulator.JsonSchema;

/// <summary>What is demanded of a number.</summary>
internal sealed class NumberPart : SchemaPart
{
    private readonly SchemaNode _schema;
    private readonly bool _whole;
    private readonly bool _fits;
    private readonly Limit? _minimum;
    private readonly Limit? _maximum;
    private readonly Limit? _above;
    private readonly Limit? _below;
    private readonly Limit? _divisor;

    private NumberPart(SchemaNode schema, bool whole, bool fits)
    {
        var place = schema.Place;
        (_schema, _whole, _fits) = (schema, whole, fits);
        _minimum = Limit.Of(place, "minimum");
        _maximum = Limit.Of(place, "maximum");
        _above = Limit.Of(place, "exclusiveMinimum");
        _below = Limit.Of(place, "exclusiveMaximum");
        _divisor = Limit.Of(place, "multipleOf");
        if (_divisor?.CompareFrom("0"u8) >= 0)
            throw place.Refuse("'multipleOf' must be greater than 0", "multipleOf");
    }

    public override Kinds Concerns => Kinds.AnyNumber;

    /// <summary>The demands of a schema; <see langword="null"/> if there are none.</summary>
    public static NumberPart? Of(SchemaNode schema, Kinds allowed, SchemaOptions options)
    {
        var whole = (allowed & Kinds.AnyNumber) == Kinds.Integer;
        var part = new NumberPart(schema, whole, whole && options.IntegersFitInt64);
        return whole || part._minimum is not null || part._maximum is not null || part._above is not null || part._below is not null || part._divisor is not null
            ? part
            : null;
    }

    public override bool Check(ref Utf8JsonReader reader) => Broken(reader.ValueSpan) is null;

    public override IEnumerable<Violation> Explain(JsonElement value, string at) =>
        Broken(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(value)) is { } keyword ? [new Violation(keyword, _schema, at, value)] : [];

    /// <summary>The first keyword that does not hold.</summary>
    private string? Broken(ReadOnlySpan<byte> text)
    {
        var isLong = Utf8Parser.TryParse(text, out long number, out var read) && read == text.Length;
        if (_whole && !isLong && (_fits || !new NumberText(text).IsInteger))
            return "type";
        if (_minimum?.Compare(isLong, number, text) < 0)
            return "minimum";
        if (_maximum?.Compare(isLong, number, text) > 0)
            return "maximum";
        if (_above?.Compare(isLong, number, text) <= 0)
            return "exclusiveMinimum";
        if (_below?.Compare(isLong, number, text) >= 0)
            return "exclusiveMaximum";
        return _divisor is null || _divisor.Divides(text) ? null : "multipleOf";
    }

    /// <summary>A number in a schema.</summary>
    private sealed class Limit
    {
        private readonly byte[] _text;
        private readonly long? _number;

        private Limit(JsonElement json)
        {
            _text = System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(json).ToArray();
            _number = json.TryGetInt64(out var number) ? number : null;
        }

        public static Limit? Of(SchemaPlace place, string keyword) => place.Get(keyword, JsonValueKind.Number, "a number") is { } json ? new Limit(json) : null;

        /// <summary>How a number compares to this.</summary>
        public int Compare(bool isLong, long number, ReadOnlySpan<byte> text) =>
            isLong && _number is { } limit ? number.CompareTo(limit) : new NumberText(text).ComparedTo(new NumberText(_text));

        public int CompareFrom(ReadOnlySpan<byte> text) => new NumberText(text).ComparedTo(new NumberText(_text));

        public bool Divides(ReadOnlySpan<byte> text) => new NumberText(text).IsMultipleOf(new NumberText(_text));
    }
}

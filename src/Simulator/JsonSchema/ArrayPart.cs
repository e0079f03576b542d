using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Leda.Harness.Simulator.JsonSchema;

/// <summary>What is demanded of an array.</summary>
internal sealed class ArrayPart : SchemaPart
{
    private const int Few = 32;

    private readonly SchemaNode _schema;
    private readonly SchemaNode[] _first;
    private readonly SchemaNode? _others;
    private readonly SchemaNode? _contains;
    private readonly long _least;
    private readonly long _most;
    private readonly bool _unique;

    private ArrayPart(SchemaNode schema, SchemaCompiler compiler)
    {
        var place = schema.Place;
        _schema = schema;
        _first = place.Json.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Array ? compiler.List(place, "items") : [];
        _others = items.ValueKind == JsonValueKind.Array ? compiler.One(place, "additionalItems") : compiler.One(place, "items");
        _contains = compiler.One(place, "contains");
        _least = place.Count("minItems") ?? 0;
        _most = place.Count("maxItems") ?? long.MaxValue;
        _unique = place.Flag("uniqueItems");
    }

    public override Kinds Concerns => Kinds.Array;

    /// <summary>The demands of a schema; <see langword="null"/> if there are none.</summary>
    public static ArrayPart? Of(SchemaNode schema, SchemaCompiler compiler) =>
        schema.Place.HasAny("items", "contains", "minItems", "maxItems", "uniqueItems") ? new ArrayPart(schema, compiler) : null;

    public override bool Check(ref Utf8JsonReader reader)
    {
        if (_unique && HasRepeated(reader))
            return false;
        var count = 0;
        var isContained = _contains is null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (!isContained)
                isContained = LookAhead(_contains!, reader);
            var schema = count < _first.Length ? _first[count] : _others;
            if (schema is null)
                Skip(ref reader);
            else if (!schema.Check(ref reader))
                return false;
            count++;
        }

        return isContained && count >= _least && count <= _most;
    }

    public override IEnumerable<Violation> Explain(JsonElement value, string at)
    {
        var count = 0;
        foreach (var item in value.EnumerateArray())
        {
            var schema = count < _first.Length ? _first[count] : _others;
            foreach (var violation in schema?.Explain(item, $"{at}/{count}") ?? [])
                yield return violation;
            count++;
        }

        if (count < _least)
            yield return new Violation("minItems", _schema, at, value);
        if (count > _most)
            yield return new Violation("maxItems", _schema, at, value);
        if (_contains is not null && !value.EnumerateArray().Any(item => !_contains.Explain(item, at).Any()))
            yield return new Violation("contains", _schema, at, value);
        if (_unique && Repeated(value) is { } place)
            yield return new Violation("uniqueItems", _schema, $"{at}/{place}", value[place]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool HasRepeated(in Utf8JsonReader reader)
    {
        var copy = reader;
        if (AreFewAndDiffer(ref copy))
            return false;
        copy = reader;
        return Repeated(JsonElement.ParseValue(ref copy)) is not null;
    }

    private static bool AreFewAndDiffer(ref Utf8JsonReader reader)
    {
        Span<ulong> seen = stackalloc ulong[Few];
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var hash = ValueHash.Of(ref reader);
            if (count == Few || seen[..count].Contains(hash))
                return false;
            seen[count++] = hash;
        }

        return true;
    }

    /// <summary>The place of the first item that stands there twice.</summary>
    private static int? Repeated(JsonElement array)
    {
        var seen = new HashSet<JsonElement>(JsonEquality.Comparer);
        var place = 0;
        foreach (var item in array.EnumerateArray())
        {
            if (!seen.Add(item))
                return place;
            place++;
        }

        return null;
    }
}

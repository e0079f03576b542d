using System.Text.Json;

namespace Leda.Harness.Simulator.JsonSchema;

/// <summary>One schema, ready to judge: for each type of value what there is to demand of it.</summary>
/// <param name="place">Where it is written. It has no <c>$ref</c>; those lead here.</param>
internal sealed class SchemaNode(SchemaPlace place) : SchemaPart
{
    private readonly SchemaPart[]?[] _parts = new SchemaPart[(int)JsonTokenType.Null + 1][];
    private SchemaPart[] _all = [];

    /// <summary>The schema as it is written.</summary>
    public JsonElement Json => place.Json;

    public SchemaPlace Place => place;

    /// <summary>The types that may pass at all.</summary>
    public Kinds Allowed { get; private set; }

    public override Kinds Concerns => Kinds.All;

    /// <summary>Schemas that judge the same value.</summary>
    public IEnumerable<SchemaNode> InPlace { get; private set; } = [];

    /// <summary>The schema of a member that <c>properties</c> names.</summary>
    public SchemaNode? Member(string name) => _all.OfType<ObjectPart>().FirstOrDefault()?.Member(name);

    /// <summary>Whether every value passes.</summary>
    public bool IsFree => Allowed == Kinds.All && _all.Length == 0;

    /// <summary>The same with a schema for a member that may be anything so far; <see langword="null"/> if there is none.</summary>
    public SchemaNode? With(string member, SchemaNode schema)
    {
        if (_all.OfType<ObjectPart>().FirstOrDefault() is not { } members || members.With(member, schema) is not { } more)
            return null;
        var node = new SchemaNode(place);
        node.Complete(Allowed, [.. _all.Select(part => part == members ? more : part)], InPlace);
        return node;
    }

    public void Complete(Kinds allowed, SchemaPart[] parts, IEnumerable<SchemaNode> inPlace)
    {
        (Allowed, _all, InPlace) = (allowed, parts, inPlace);
        foreach (var token in Enum.GetValues<JsonTokenType>())
        {
            var kind = KindsOfJson.Of(token);
            if ((kind & allowed) != Kinds.None)
                _parts[(int)token] = [.. parts.Where(part => (part.Concerns & kind) != Kinds.None)];
        }
    }

    /// <summary>Whether a value that starts like this may pass.</summary>
    public bool Takes(JsonTokenType token) => _parts[(int)token] is not null;

    public override bool Check(ref Utf8JsonReader reader)
    {
        var parts = _parts[(int)reader.TokenType];
        if (parts is null)
            return false;
        if (parts.Length == 0)
            return Skip(ref reader);
        for (var i = 0; i < parts.Length - 1; i++)
        {
            if (!LookAhead(parts[i], reader))
                return false;
        }

        return parts[^1].Check(ref reader);
    }

    public override IEnumerable<Violation> Explain(JsonElement value, string at)
    {
        var kind = KindsOfJson.Of(value);
        if (Json.ValueKind == JsonValueKind.False)
            return [new Violation("", this, at, value)];
        return (kind & Allowed) == Kinds.None
            ? [new Violation("type", this, at, value)]
            : _all.Where(part => (part.Concerns & kind) != Kinds.None).SelectMany(part => part.Explain(value, at));
    }
}

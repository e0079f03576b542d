using System.Text.Json;

namespace Leda.Harness.Simulator.JsonSchema;

/// <summary>What is demanded of an object.</summary>
internal sealed class ObjectPart : SchemaPart
{
    private readonly SchemaNode _schema;
    private readonly NameTable _names; // of all members that a keyword names
    private SchemaNode?[] _properties; // by place in the table
    private readonly (Pattern Name, SchemaNode Value)[] _patterns;
    private readonly SchemaNode? _others;
    private readonly SchemaNode? _naming;
    private readonly string[] _requiredNames;
    private readonly Presence _required;
    private readonly Dependency[] _dependencies;
    private readonly long _least;
    private readonly long _most;

    private ObjectPart(SchemaNode schema, SchemaCompiler compiler)
    {
        var place = schema.Place;
        _schema = schema;
        var properties = compiler.Map(place, "properties").ToDictionary(pair => pair.Name, pair => pair.Schema);
        _requiredNames = place.Names("required");
        _dependencies = [.. Dependency.Of(place, compiler)];
        var names = properties.Keys.Concat(_requiredNames).Concat(_dependencies.SelectMany(d => d.Names)).Distinct().ToList();
        _names = new NameTable(names);
        _properties = [.. names.Select(name => properties.GetValueOrDefault(name))];
        _patterns = [.. compiler.Map(place, "patternProperties").Select(pair => (Pattern.Of(place, pair.Name, "patternProperties", pair.Name), pair.Schema))];
        _others = compiler.One(place, "additionalProperties");
        _naming = compiler.One(place, "propertyNames");
        _required = PresenceOf(_requiredNames);
        foreach (var dependency in _dependencies)
            dependency.Needed = PresenceOf(dependency.Required);
        _least = place.Count("minProperties") ?? 0;
        _most = place.Count("maxProperties") ?? long.MaxValue;
    }

    public override Kinds Concerns => Kinds.Object;

    /// <summary>The demands of a schema; <see langword="null"/> if there are none.</summary>
    public static ObjectPart? Of(SchemaNode schema, SchemaCompiler compiler) =>
        schema.Place.HasAny(
            "properties", "required", "additionalProperties", "patternProperties", "propertyNames", "dependencies", "minProperties", "maxProperties")
            ? new ObjectPart(schema, compiler)
            : null;

    /// <summary>The schemas of dependencies, which judge the object itself.</summary>
    public IEnumerable<SchemaNode> InPlace => _dependencies.Select(d => d.Schema).OfType<SchemaNode>();

    /// <summary>The schema of a member that <c>properties</c> names.</summary>
    public SchemaNode? Member(string name) => _names.Find(System.Text.Encoding.UTF8.GetBytes(name)) is var place && place >= 0 ? _properties[place] : null;

    /// <summary>The same with a schema for a member that may be anything so far; <see langword="null"/> if this says something about it, or nothing at all.</summary>
    public ObjectPart? With(string member, SchemaNode schema)
    {
        var place = _names.Find(System.Text.Encoding.UTF8.GetBytes(member));
        if (place < 0 || _properties[place] is not { IsFree: true })
            return null;
        var more = (ObjectPart)MemberwiseClone();
        more._properties = [.. _properties];
        more._properties[place] = schema;
        return more;
    }

    public override bool Check(ref Utf8JsonReader reader)
    {
        if (_dependencies.Length > 0 && !KeepsDependencies(reader))
            return false;
        var present = new Presence(_names.Count);
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (!(reader.ValueIsEscaped ? CheckEscaped(ref reader, ref present) : CheckMember(ref reader, reader.ValueSpan, ref present)))
                return false;
            count++;
        }

        return count >= _least && count <= _most && present.Includes(_required);
    }

    public override IEnumerable<Violation> Explain(JsonElement value, string at)
    {
        var present = new HashSet<string>();
        foreach (var member in value.EnumerateObject())
        {
            present.Add(member.Name);
            foreach (var violation in ExplainMember(value, member, at))
                yield return violation;
        }

        foreach (var name in _requiredNames.Where(name => !present.Contains(name)))
            yield return new Violation("required", _schema, at, value) { Member = name };
        foreach (var dependency in _dependencies.Where(d => present.Contains(d.Trigger)))
        {
            foreach (var name in dependency.Required.Where(name => !present.Contains(name)))
                yield return new Violation("dependencies", _schema, at, value) { Member = name };
            foreach (var violation in dependency.Schema?.Explain(value, at) ?? [])
                yield return violation;
        }

        var count = value.EnumerateObject().Count();
        if (count < _least)
            yield return new Violation("minProperties", _schema, at, value);
        if (count > _most)
            yield return new Violation("maxProperties", _schema, at, value);
    }

    private bool CheckEscaped(ref Utf8JsonReader reader, ref Presence present)
    {
        using var name = new UnescapedText(ref reader);
        return CheckMember(ref reader, name.Utf8, ref present);
    }

    /// <summary>Looks at a member, from its name to the end of its value.</summary>
    private bool CheckMember(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref Presence present)
    {
        if (_naming is not null && !LookAhead(_naming, reader))
            return false;
        var place = _names.Find(name);
        SchemaNode? schema = null;
        if (place >= 0)
        {
            present.Add(place);
            schema = _properties[place];
        }

        foreach (var pattern in _patterns)
        {
            if (!pattern.Name.IsMatch(name))
                continue;
            if (schema is not null && !LookAheadOfName(schema, reader))
                return false;
            schema = pattern.Value;
        }

        schema ??= _others;
        reader.Read();
        return schema is null ? Skip(ref reader) : schema.Check(ref reader);
    }

    /// <summary>Reads the object once more for its dependencies, which hardly any schema has.</summary>
    private bool KeepsDependencies(in Utf8JsonReader start)
    {
        var reader = start;
        var present = new Presence(_names.Count);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (_names.Find(System.Text.Encoding.UTF8.GetBytes(reader.GetString()!)) is var name && name >= 0)
                present.Add(name);
            reader.Skip();
        }

        foreach (var dependency in _dependencies)
        {
            if (!present.Has(_names.Find(dependency.TriggerUtf8)))
                continue;
            if (!present.Includes(dependency.Needed) || (dependency.Schema is { } schema && !LookAhead(schema, start)))
                return false;
        }

        return true;
    }

    private IEnumerable<Violation> ExplainMember(JsonElement value, JsonProperty member, string at)
    {
        if (_naming?.Explain(Protocol.Json.JsonText.String(member.Name), at).Any() == true)
            yield return new Violation("propertyNames", _schema, at, value) { Member = member.Name };
        var utf8 = System.Text.Encoding.UTF8.GetBytes(member.Name);
        var place = _names.Find(utf8);
        var known = place >= 0 && _properties[place] is { } property ? [property] : Enumerable.Empty<SchemaNode>();
        var schemas = known.Concat(_patterns.Where(pattern => pattern.Name.IsMatch(utf8)).Select(pattern => pattern.Value)).ToList();
        if (schemas.Count == 0 && _others is { Json.ValueKind: JsonValueKind.False })
            yield return new Violation("additionalProperties", _schema, at, value) { Member = member.Name };
        else if (schemas.Count == 0 && _others is not null)
            schemas.Add(_others);
        foreach (var violation in schemas.SelectMany(schema => schema.Explain(member.Value, $"{at}/{Violation.Escape(member.Name)}")))
            yield return violation;
    }

    private Presence PresenceOf(IEnumerable<string> names)
    {
        var presence = new Presence(_names.Count);
        foreach (var name in names)
            presence.Add(_names.Find(System.Text.Encoding.UTF8.GetBytes(name)));
        return presence;
    }
}

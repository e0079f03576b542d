using System.Text.Json;

namespace Leda.Harness.Simulator.JsonSchema;

/// <summary>Makes schemas ready to judge.</summary>
/// <param name="places">All that there is.</param>
/// <param name="options">How it is read.</param>
internal sealed class SchemaCompiler(SchemaPlaces places, SchemaOptions options)
{
    private readonly Dictionary<(string File, string Pointer), SchemaNode> _nodes = [];
    private readonly Queue<SchemaNode> _open = [];

    public SchemaPlaces Places => places;

    /// <summary>Compiles all schemas, needed or not: a fault in one is found now.</summary>
    public void Compile()
    {
        foreach (var place in places.Schemas)
            Node(place);
        while (_open.TryDequeue(out var node))
            Complete(node);
        foreach (var node in _nodes.Values)
            RefuseLoop(node);
    }

    /// <summary>The schema at a place, or where its <c>$ref</c> leads.</summary>
    public SchemaNode Node(SchemaPlace place)
    {
        var target = place;
        var seen = new HashSet<(string, string)>();
        while (target.Json.ValueKind == JsonValueKind.Object && target.Json.TryGetProperty("$ref", out var reference))
        {
            if (!seen.Add(target.Key))
                throw place.Refuse("this '$ref' leads back to itself: there is no schema at its end", "$ref");
            target = places.Find(target, reference);
        }

        if (_nodes.TryGetValue(target.Key, out var node))
            return node;
        node = new SchemaNode(target);
        _nodes.Add(target.Key, node);
        _open.Enqueue(node);
        return node;
    }

    /// <summary>The schema that is the value of a keyword.</summary>
    public SchemaNode? One(SchemaPlace place, string keyword) =>
        place.Json.TryGetProperty(keyword, out var json) ? Node(places.Child(place, keyword, json)) : null;

    /// <summary>The schemas in an array.</summary>
    public SchemaNode[] List(SchemaPlace place, string keyword)
    {
        if (place.Get(keyword, JsonValueKind.Array, "an array of schemas") is not { } all)
            return [];
        var below = place.Below(keyword, all);
        return [.. all.EnumerateArray().Select((json, i) => Node(places.Child(below, i.ToString(System.Globalization.CultureInfo.InvariantCulture), json)))];
    }

    /// <summary>The schemas in an object.</summary>
    public IEnumerable<(string Name, SchemaNode Schema)> Map(SchemaPlace place, string keyword)
    {
        if (place.Get(keyword, JsonValueKind.Object, "an object of schemas") is not { } all)
            return [];
        var below = place.Below(keyword, all);
        return all.EnumerateObject().Select(member => (member.Name, Node(places.Child(below, member.Name, member.Value))));
    }

    private void Complete(SchemaNode node)
    {
        var place = node.Place;
        switch (place.Json.ValueKind)
        {
            case JsonValueKind.True:
                node.Complete(Kinds.All, [], []);
                break;
            case JsonValueKind.False:
                node.Complete(Kinds.None, [], []);
                break;
            case JsonValueKind.Object:
                Vocabulary.Check(place);
                CompleteObject(node);
                break;
            default:
                throw place.Refuse("a schema is an object, true or false");
        }
    }

    private void CompleteObject(SchemaNode node)
    {
        var place = node.Place;
        var allowed = Types(place);
        var (all, any, one) = (Choice(place, "allOf"), Choice(place, "anyOf"), Choice(place, "oneOf"));
        var (not, condition, then, otherwise) = (One(place, "not"), One(place, "if"), One(place, "then"), One(place, "else"));
        var members = ObjectPart.Of(node, this);
        SchemaPart?[] parts =
        [
            .. LiteralPart.Of(node),
            StringPart.Of(node),
            NumberPart.Of(node, allowed, options),
            .. all,
            not is null ? null : new NotPart(node, not),
            condition is null ? null : new ConditionPart(condition, then, otherwise),
            any.Length == 0 ? null : new AnyOfPart(node, any),
            one.Length == 0 ? null : new OneOfPart(node, one),
            ArrayPart.Of(node, this),
            members,
        ];
        SchemaNode?[] inPlace = [.. all, .. any, .. one, not, condition, then, otherwise, .. members?.InPlace ?? []];
        node.Complete(allowed, [.. parts.OfType<SchemaPart>()], [.. inPlace.OfType<SchemaNode>()]);
    }

    private SchemaNode[] Choice(SchemaPlace place, string keyword)
    {
        var choice = List(place, keyword);
        return choice.Length > 0 || !place.HasAny(keyword) ? choice : throw place.Refuse($"'{keyword}' must have at least one schema", keyword);
    }

    private static Kinds Types(SchemaPlace place)
    {
        if (!place.Json.TryGetProperty("type", out var type))
            return Kinds.All;
        var names = type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray()] : new[] { type };
        var kinds = names.Select(name => name.ValueKind == JsonValueKind.String ? KindsOfJson.Named(name.GetString()) : Kinds.None).ToList();
        return kinds.Count == 0 || kinds.Contains(Kinds.None)
            ? throw place.Refuse("'type' must be one or more of null, boolean, object, array, string, integer, number", "type")
            : kinds.Aggregate((all, kind) => all | kind);
    }

    /// <summary>A schema that asks itself about the same value would never come to an end.</summary>
    private static void RefuseLoop(SchemaNode node)
    {
        var open = new Stack<SchemaNode>(node.InPlace);
        var seen = new HashSet<SchemaNode>();
        while (open.TryPop(out var next))
        {
            if (next == node)
                throw node.Place.Refuse("this schema refers to itself for the same value: a check of it would never end");
            if (seen.Add(next))
            {
                foreach (var further in next.InPlace)
                    open.Push(further);
            }
        }
    }
}

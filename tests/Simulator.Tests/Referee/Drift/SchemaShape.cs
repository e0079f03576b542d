using Leda.Harness.Simulator.Referee.Contract;
using Newtonsoft.Json.Linq;

namespace Leda.Harness.Simulator.Tests.Referee.Drift;

/// <summary>
/// What a schema says about names and types, one line a member, such as <c>config.env[]: string</c>, and about what is required, such as
/// <c>config.env!</c>. Whether null is allowed, limits and literals are left out: code has no words for them.
/// </summary>
internal sealed class SchemaShape
{
    private readonly SortedDictionary<string, SortedSet<string>> _types = new(StringComparer.Ordinal);
    private readonly HashSet<string> _required = [];

    private SchemaShape()
    {
    }

    /// <summary>The shape of one of our files.</summary>
    public static SortedSet<string> OfFile(string file, string pointer = "")
    {
        var root = JObject.Parse(SchemaFiles.Read(file));
        return Of(new Node(At(root, pointer), root, file));
    }

    /// <summary>The shape of a schema with all that it refers to.</summary>
    public static SortedSet<string> OfText(string json)
    {
        var root = JObject.Parse(json);
        return Of(new Node(root, root, ""));
    }

    private static SortedSet<string> Of(Node root)
    {
        var shape = new SchemaShape();
        shape.Add(root, "");
        var types = shape._types.Where(type => type.Value.Count > 0 && type.Key.Length > 0).Select(type => $"{type.Key}: {string.Join(" or ", type.Value)}");
        return new SortedSet<string>(types.Concat(shape._required.Select(name => name + "!")), StringComparer.Ordinal);
    }

    private void Add(Node node, string at)
    {
        if (node.Json["$ref"] is { } reference)
        {
            Add(node.To((string)reference!), at);
            return;
        }

        var types = _types.TryGetValue(at, out var known) ? known : _types[at] = new SortedSet<string>(StringComparer.Ordinal);
        types.UnionWith(node.Texts("type").Where(type => type != "null"));
        foreach (var name in node.Texts("required"))
            _required.Add(Below(at, name));
        foreach (var (name, member) in node.Members("properties"))
            Add(member, Below(at, name));
        foreach (var part in new[] { "anyOf", "oneOf", "allOf" }.SelectMany(node.Parts).Where(part => part.Json["not"] is null))
            Add(part, at);
        if (node.Json["items"] is JObject items)
            Add(node with { Json = items }, at + "[]");
        if (node.Json["additionalProperties"] is JObject { HasValues: true } others)
            Add(node with { Json = others }, at + "{}");
    }

    private static string Below(string at, string name) => at.Length == 0 ? name : $"{at}.{name}";

    private static JObject At(JToken root, string pointer) =>
        (JObject)pointer.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(root, (token, name) => token[name] ?? throw new InvalidOperationException(pointer));

    private sealed record Node(JObject Json, JObject Root, string File)
    {
        public Node To(string reference)
        {
            var (path, pointer) = reference.Split('#') is [var p, var q] ? (p, q) : (reference, "");
            if (path.Length == 0)
                return this with { Json = At(Root, pointer) };
            var file = Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", Path.GetDirectoryName(File)!, path)));
            var root = JObject.Parse(SchemaFiles.Read(file));
            return new Node(At(root, pointer), root, file);
        }

        public IEnumerable<string> Texts(string keyword) => Json[keyword] switch
        {
            JArray many => many.Select(one => (string)one!),
            JValue one => [(string)one!],
            _ => [],
        };

        public IEnumerable<(string Name, Node Schema)> Members(string keyword) =>
            (Json[keyword] as JObject)?.Properties().Select(property => (property.Name, this with { Json = (JObject)property.Value })) ?? [];

        public IEnumerable<Node> Parts(string keyword) => (Json[keyword] as JArray)?.OfType<JObject>().Select(part => this with { Json = part }) ?? [];
    }
}

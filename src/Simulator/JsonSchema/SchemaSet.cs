using System.Text.Json;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Simulator.JsonSchema;

/// <summary>Schemas of JSON Schema draft-07 that refer to each other, compiled. Safe for use from several threads.</summary>
public sealed class SchemaSet
{
    // Paths become URIs, so that relative references work as everywhere.
    private const string Root = "schemas://documents/";

    private readonly Dictionary<string, JsonValidator> _validators;

    private SchemaSet(Dictionary<string, JsonValidator> validators) => _validators = validators;

    /// <summary>Reads and compiles documents.</summary>
    /// <param name="documents">All that they refer to must be among them; nothing is fetched. The meta-schema of draft-07 is always known.</param>
    /// <param name="options">How they are read; as the standard says by default.</param>
    /// <exception cref="SchemaException">Something cannot be honoured: it says where, why, and what to do.</exception>
    public static SchemaSet Load(IEnumerable<SchemaDocument> documents, SchemaOptions? options = null)
    {
        var places = new SchemaPlaces();
        var roots = new Dictionary<string, SchemaPlace>();
        places.Add("draft-07.json", Vocabulary.MetaSchema, Resource("draft-07.json"));
        foreach (var document in documents)
        {
            if (!JsonText.TryParse(document.Utf8.Span, out var json, out var problem))
                throw new SchemaException(document.Path, "", $"the document is no JSON: {problem}");
            var uri = new Uri(new Uri(Root), string.Join('/', document.Path.Split('/').Select(Uri.EscapeDataString))).AbsoluteUri;
            if (!roots.TryAdd(document.Path, places.Add(document.Path, uri, json)))
                throw new SchemaException(document.Path, "", "there are two documents of this name");
        }

        var compiler = new SchemaCompiler(places, options ?? new SchemaOptions());
        compiler.Compile();
        return new SchemaSet(roots.ToDictionary(root => root.Key, root => new JsonValidator(compiler.Node(root.Value))));
    }

    /// <summary>The paths of the documents.</summary>
    public IReadOnlyCollection<string> Paths => _validators.Keys;

    /// <summary>The schema of a document.</summary>
    /// <param name="path">The document's path, as it was given.</param>
    /// <exception cref="KeyNotFoundException">There is no such document.</exception>
    public JsonValidator this[string path] => _validators[path];

    private static JsonElement Resource(string name)
    {
        using var stream = typeof(SchemaSet).Assembly.GetManifestResourceStream(name)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return JsonText.Parse(bytes.ToArray());
    }
}

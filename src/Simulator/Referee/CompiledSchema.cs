using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.References;
using NJsonSchema.Validation;

namespace Leda.Harness.Simulator.Referee;

/// <summary>One schema file, compiled when it is first needed.</summary>
/// <param name="path">Its path below <c>schemas/</c>.</param>
/// <param name="read">Gives the text of a file.</param>
internal sealed class CompiledSchema(string path, Func<string, string> read)
{
    // NJsonSchema resolves references between files against rooted paths; nothing is read from there.
    private static readonly string _root = Path.GetFullPath("/schemas");

    private readonly Lazy<JsonSchema> _schema = new(() => Load(Path.Combine(_root, path), read));

    /// <summary>What is wrong with a value; empty if nothing is.</summary>
    public ICollection<ValidationError> Check(JToken value) => _schema.Value.Validate(value);

    public void Compile() => _ = _schema.Value;

    private static JsonSchema Load(string rooted, Func<string, string> read)
    {
        var task = JsonSchema.FromJsonAsync(Text(rooted, read), rooted, root => new Resolver(root, read));
        return task.GetAwaiter().GetResult(); // completes at once: all texts are in memory
    }

    private static string Text(string rooted, Func<string, string> read) => read(Path.GetRelativePath(_root, rooted).Replace('\\', '/'));

    /// <summary>Finds the files that a schema refers to among the texts in memory.</summary>
    private sealed class Resolver(JsonSchema root, Func<string, string> read) : JsonReferenceResolver(new JsonSchemaAppender(root, new DefaultTypeNameGenerator()))
    {
        public override async Task<IJsonReference> ResolveFileReferenceAsync(string filePath, CancellationToken cancellationToken = default) =>
            await JsonSchema.FromJsonAsync(Text(filePath, read), filePath, _ => this, cancellationToken);
    }
}

using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.References;
using NJsonSchema.Validation;

namespace Leda.Harness.Simulator.Referee;

/// <summary>One schema file, compiled when it is first needed.</summary>
internal sealed class CompiledSchema(string path)
{
    // NJsonSchema resolves references between files against rooted paths; nothing is read from there.
    private static readonly string _root = Path.GetFullPath("/schemas");

    private readonly Lazy<JsonSchema> _schema = new(() => Load(Path.Combine(_root, path)));

    /// <summary>What is wrong with a value; empty if nothing is.</summary>
    public ICollection<ValidationError> Check(JToken value) => _schema.Value.Validate(value);

    public void Compile() => _ = _schema.Value;

    private static JsonSchema Load(string rooted)
    {
        var task = JsonSchema.FromJsonAsync(Text(rooted), rooted, root => new Resolver(root));
        return task.GetAwaiter().GetResult(); // completes at once: all texts are in memory
    }

    private static string Text(string rooted) => SchemaFiles.Read(Path.GetRelativePath(_root, rooted).Replace('\\', '/'));

    /// <summary>Finds the files that a schema refers to inside the assembly.</summary>
    private sealed class Resolver(JsonSchema root) : JsonReferenceResolver(new JsonSchemaAppender(root, new DefaultTypeNameGenerator()))
    {
        public override async Task<IJsonReference> ResolveFileReferenceAsync(string filePath, CancellationToken cancellationToken = default) =>
            await JsonSchema.FromJsonAsync(Text(filePath), filePath, _ => this, cancellationToken);
    }
}

using Leda.Harness.Simulator.JsonSchema;
using NJsonSchema;
using NJsonSchema.References;
using NSchema = NJsonSchema.JsonSchema;

namespace Leda.Harness.SecondOpinion;

/// <summary>What NJsonSchema makes of the contract.</summary>
internal static class SecondOpinion
{
    // References between files are resolved against rooted paths; nothing is read from there.
    private static readonly string _root = Path.GetFullPath("/schemas");

    /// <summary>Compiles a file of <c>schemas/</c>.</summary>
    /// <param name="path">Its path there.</param>
    public static NSchema Of(string path) => Of(path, Text(path));

    /// <summary>Compiles a schema that refers to files of <c>schemas/</c>.</summary>
    /// <param name="path">Where it would stand there.</param>
    /// <param name="text">Its text.</param>
    public static NSchema Of(string path, string text) =>
        NSchema.FromJsonAsync(text, Path.Combine(_root, path), root => new Resolver(root)).GetAwaiter().GetResult(); // completes at once: all texts are in memory

    /// <summary>The text of a file of <c>schemas/</c>.</summary>
    public static string Text(string path)
    {
        using var reader = new StreamReader(typeof(SchemaSet).Assembly.GetManifestResourceStream("schemas/" + path) ?? throw new FileNotFoundException("no such schema", path));
        return reader.ReadToEnd();
    }

    /// <summary>All files with schemas.</summary>
    public static IEnumerable<string> Paths => typeof(SchemaSet).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith("schemas/", StringComparison.Ordinal) && name != "schemas/index.json")
        .Select(name => name["schemas/".Length..]);

    private sealed class Resolver(NSchema root) : JsonReferenceResolver(new JsonSchemaAppender(root, new DefaultTypeNameGenerator()))
    {
        public override async Task<IJsonReference> ResolveFileReferenceAsync(string filePath, CancellationToken cancellationToken = default) =>
            await NSchema.FromJsonAsync(Text(Path.GetRelativePath(_root, filePath).Replace('\\', '/')), filePath, _ => this, cancellationToken);
    }
}

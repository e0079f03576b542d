using System.Text;
using System.Text.Json;
using Leda.Harness.Simulator.JsonSchema;

namespace Leda.Harness.Simulator.Referee.Contract;

/// <summary>The files of <c>schemas/</c> as they are built into this assembly.</summary>
internal static class SchemaFiles
{
    private const string Folder = "schemas/";

    /// <summary>All files, by their path below <c>schemas/</c>.</summary>
    public static IEnumerable<string> All =>
        typeof(SchemaFiles).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => name[Folder.Length..]);

    /// <summary>The text of one file.</summary>
    public static string Read(string path)
    {
        using var reader = new StreamReader(Open(path));
        return reader.ReadToEnd();
    }

    /// <summary>The schemas.</summary>
    public static IEnumerable<SchemaDocument> Documents =>
        All.Where(path => path != "index.json").Select(path => new SchemaDocument(path, Encoding.UTF8.GetBytes(Read(path))));

    public static SchemaIndex ReadIndex()
    {
        using var stream = Open("index.json");
        return JsonSerializer.Deserialize(stream, SchemaIndexJson.Default.SchemaIndex)!;
    }

    private static Stream Open(string path) =>
        typeof(SchemaFiles).Assembly.GetManifestResourceStream(Folder + path)
        ?? throw new FileNotFoundException($"the schema file '{path}' is not built into the assembly", path);
}

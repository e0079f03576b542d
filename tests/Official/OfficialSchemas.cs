using System.Collections.Concurrent;
using System.Numerics;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NJsonSchema;

namespace Leda.Harness.Official;

/// <summary>Ditto's own JSON schemas (<c>ditto.md</c> 7), where they are at hand: a floor for all that is said in Ditto's name.</summary>
internal static class OfficialSchemas
{
    public const string Missing = "shared/reference/ditto-jsonschema is not beside this repository, nor below $LEDA_REFERENCE";

    private static readonly ConcurrentDictionary<string, Lazy<JsonSchema>> _compiled = new();

    /// <summary>Where they are; <see langword="null"/> if nowhere.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>What a schema finds wrong; nothing when the schemas are not at hand.</summary>
    public static IEnumerable<string> Problems(string file, JToken value) => Folder is null
        ? []
        : _compiled.GetOrAdd(file, name => new(() => Compile(name))).Value.Validate(value).Select(e => $"{file}: {e.Kind} at {e.Path}");

    /// <summary>What an object of Ditto's for errors lacks.</summary>
    public static IEnumerable<string> ProblemsOfError(JToken error) => Problems("error.json", error);

    /// <summary>Reads JSON as it stands: no dates are guessed, no number is too large.</summary>
    public static JToken Read(string text)
    {
        using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None, MaxDepth = null };
        var token = JToken.ReadFrom(reader);
        foreach (var value in token is JContainer all ? all.DescendantsAndSelf().OfType<JValue>() : [])
        {
            if (value.Value is BigInteger large)
                value.Value = (double)large; // NJsonSchema throws on those
        }

        return token;
    }

    private static JsonSchema Compile(string file)
    {
        var schema = JObject.Parse(File.ReadAllText(Path.Combine(Folder!, file)));
        foreach (var patch in SchemaPatch.All.Where(p => p.File == file))
        {
            var place = schema.SelectToken(patch.At, errorWhenNoMatch: true)!;
            if (patch.Value is null)
                place.Parent!.Remove();
            else
                place.Replace(JToken.Parse(patch.Value));
        }

        return JsonSchema.FromJsonAsync(schema.ToString()).GetAwaiter().GetResult();
    }

    private static string? Find()
    {
        var roots = new List<string>();
        if (Environment.GetEnvironmentVariable("LEDA_REFERENCE") is { Length: > 0 } given)
            roots.Add(given);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            roots.Add(Path.Combine(folder.FullName, "shared", "reference"));
        return roots.Select(root => Path.Combine(root, "ditto-jsonschema")).FirstOrDefault(Directory.Exists);
    }
}

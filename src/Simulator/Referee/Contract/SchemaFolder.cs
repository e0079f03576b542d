using System.Text;
using System.Text.Json;
using Leda.Harness.Simulator.JsonSchema;

namespace Leda.Harness.Simulator.Referee.Contract;

/// <summary>
/// A user's schemas: a folder with an <c>index.json</c> as ours. It is taken to stand beside our own folders, with the name <c>user</c>, so
/// that <c>../common.json#/definitions/timestamp</c> leads from its top to ours.
/// </summary>
internal sealed class SchemaFolder
{
    private const string Prefix = "user/";

    private static readonly string[] _envelopes =
        ["twin command", "twin response", "twin event", "live request", "live response", "live event", "error", "error value"];

    private readonly string _folder;
    private readonly SchemaIndex _index;

    public SchemaFolder(string folder)
    {
        _folder = Path.GetFullPath(folder);
        var text = ReadFile("index.json", "A folder of schemas has an index.json that says where each applies, see schemas/README.md.");
        try
        {
            _index = JsonSerializer.Deserialize(text, SchemaIndexJson.Default.SchemaIndex)
                ?? throw new SchemaFolderException($"{PathOf("index.json")}: expected an object with 'schemas', seen null.");
        }
        catch (JsonException e)
        {
            throw new SchemaFolderException($"{PathOf("index.json")} at {Pointer(e.Path)}, line {e.LineNumber + 1}: {e.Message}", e);
        }
    }

    /// <summary>The user's files, as far as the index names them.</summary>
    public IEnumerable<SchemaDocument> Documents =>
        from file in _index.Schemas.SelectMany(entry => new[] { entry.Contract, entry.Wire }).Concat(_index.Shared ?? []).OfType<string>().Distinct()
        select new SchemaDocument(Prefix + Relative(file), Encoding.UTF8.GetBytes(ReadFile(file, "The index names it.")));

    /// <summary>Our index with the user's payloads and features: those of the same name are replaced, others follow.</summary>
    public SchemaIndex AddTo(SchemaIndex ours)
    {
        var families = (_index.Families ?? []).ToList();
        var all = ours.Families!.Where(family => !families.Exists(own => own.Name == family.Name)).Concat(families).ToList();
        CheckFamilies(families, all);
        var names = all.Select(family => family.Name).ToHashSet();
        var schemas = _index.Schemas.Select((entry, i) => Mounted(entry, $"/schemas/{i}", names)).ToList();
        if (schemas.GroupBy(entry => entry.Id).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw Bad("/schemas", $"the id '{twice.Key}' stands there more than once.");
        return new SchemaIndex([.. ours.Schemas.Where(entry => !schemas.Exists(own => own.Id == entry.Id)), .. schemas], Families: all);
    }

    /// <summary>Compiles the schemas, so that what is wrong with them is said at once.</summary>
    public void Check(SchemaCatalogue catalogue)
    {
        try
        {
            _ = catalogue.Schemas;
        }
        catch (SchemaException e)
        {
            var file = e.File.StartsWith(Prefix, StringComparison.Ordinal) ? PathOf(e.File[Prefix.Length..]) : e.File;
            throw new SchemaFolderException($"{file} at {(e.Pointer.Length == 0 ? "/" : e.Pointer)}: {e.Problem}. What schemas refer to stands in index.json, under 'shared'.", e);
        }
    }

    private SchemaEntry Mounted(SchemaEntry entry, string at, HashSet<string> families)
    {
        if (string.IsNullOrWhiteSpace(entry.Id))
            throw Bad(at + "/id", "a schema needs an id.");
        for (var i = 0; i < entry.AppliesTo.Count; i++)
            CheckPlace(entry.AppliesTo[i], $"{at}/appliesTo/{i}", families);
        return entry with { Contract = Mounted(entry.Contract, at + "/contract"), Wire = Mounted(entry.Wire, at + "/wire") };
    }

    private string? Mounted(string? file, string at)
    {
        if (file is null)
            return null;
        var path = PathOf(file);
        if (!path.StartsWith(_folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw Bad(at, $"'{file}' leaves the folder.");
        if (!File.Exists(path))
            throw Bad(at, $"there is no file '{file}'.");
        return Prefix + Relative(file);
    }

    private void CheckPlace(string place, string at, HashSet<string> families)
    {
        var isKnown = place.Split(' ', 2) switch
        {
            ["topic", { Length: > 0 }] => true,
            ["envelope", var kind] => _envelopes.Contains(kind),
            ["feature", var path] => families.Contains(path.Split('/')[0]),
            _ => false,
        };
        if (!isKnown)
        {
            throw Bad(at,
                $"'{place}' is no place. Write 'topic <MQTT topic>', 'envelope <{string.Join(", ", _envelopes)}>', or 'feature <family>/<path>' with one of the families {string.Join(", ", families)}.");
        }
    }

    private void CheckFamilies(List<SchemaFamily> own, List<SchemaFamily> all)
    {
        for (var i = 0; i < own.Count; i++)
        {
            var seen = new HashSet<string>();
            for (var family = own[i]; family.Extends is { } name; family = all.First(other => other.Name == name))
            {
                if (!all.Exists(other => other.Name == name))
                    throw Bad($"/families/{i}/extends", $"there is no family '{name}'.");
                if (!seen.Add(name))
                    throw Bad($"/families/{i}/extends", $"'{name}' extends itself.");
            }
        }
    }

    private string ReadFile(string file, string hint)
    {
        try
        {
            return File.ReadAllText(PathOf(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SchemaFolderException($"{PathOf(file)} cannot be read. {hint}".TrimEnd(), e);
        }
    }

    private string Relative(string file) => Path.GetRelativePath(_folder, PathOf(file)).Replace('\\', '/');

    private string PathOf(string file) => Path.GetFullPath(Path.Combine(_folder, file));

    private SchemaFolderException Bad(string pointer, string problem) => new($"{PathOf("index.json")} at {pointer}: {problem}");

    /// <summary>A JSON pointer of a path as System.Text.Json writes it, such as <c>$.schemas[0].id</c>.</summary>
    private static string Pointer(string? path) => (path ?? "").TrimStart('$').Replace("[", "/").Replace("]", "").Replace('.', '/') is { Length: > 0 } pointer ? pointer : "/";
}

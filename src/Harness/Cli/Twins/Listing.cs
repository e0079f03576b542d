using System.CommandLine;
using System.Text.Json;

namespace Leda.Harness.Cli.Twins;

/// <summary>Shows what a search finds: a table, or, if fields are chosen, those fields of each twin.</summary>
internal static class Listing
{
    private const string TableFields = "thingId,_revision,_modified,features";

    public static Option<string?> Namespaces() => new("--namespace") { Description = "Only twins of this namespace, or of several: a,b.", HelpName = "NAMESPACE" };

    public static Option<string?> Fields() => new("--fields") { Description = "Only these parts, for example 'thingId,attributes(line,plant)'.", HelpName = "FIELDS" };

    public static async Task<int> ShowAsync(CloudClient cloud, CloudQuery query, VerbOutput output, CancellationToken cancellation)
    {
        var isTable = !output.IsJson && query.Fields is null;
        var rows = new List<string[]>();
        await foreach (var twin in cloud.SearchAsync(isTable ? query with { Fields = TableFields } : query, cancellation))
        {
            if (isTable)
                rows.Add(Row(twin));
            else
                output.Write(twin);
        }

        if (rows.Count > 0)
            VerbOutput.Table(["THING", "FEATURES", "REVISION", "MODIFIED"], rows);
        else if (isTable)
            output.Say("no twins");
        return ExitCode.Passed;
    }

    private static string[] Row(JsonElement twin) =>
        [Text(twin, "thingId"), Features(twin), Text(twin, "_revision"), Text(twin, "_modified")];

    private static string Text(JsonElement twin, string name) => twin.TryGetProperty(name, out var value) ? value.ToString() : "";

    private static string Features(JsonElement twin) =>
        twin.TryGetProperty("features", out var features) && features.ValueKind == JsonValueKind.Object ? $"{features.EnumerateObject().Count()}" : "0";
}

using System.Text.Json;
using System.Text.RegularExpressions;
using Leda.Harness.Simulator.Referee;
using Leda.Harness.Simulator.Referee.Contract;
using Newtonsoft.Json.Linq;

namespace Leda.Harness.Simulator.Tests.Referee;

/// <summary>The files of <c>schemas/</c>: complete, readable, and free of what NJsonSchema ignores or chokes on (<c>payloads.md</c> 1.3).</summary>
public sealed class SchemaFilesTests
{
    // Everything else would be ignored in silence, or mean something else than draft-07 says.
    private static readonly string[] _keywords =
    [
        "$schema", "$ref", "$comment", "title", "description", "examples", "definitions", "type", "enum", "properties", "patternProperties",
        "additionalProperties", "required", "items", "minItems", "maxItems", "uniqueItems", "minProperties", "minLength", "minimum", "maximum",
        "pattern", "anyOf", "oneOf", "allOf", "not",
    ];

    /// <summary>Payloads that occur inside others only.</summary>
    private static readonly string[] _parts = ["software-updatable.artifact", "ditto.live-message", "update.desired-state", "update.feedback"];

    public static TheoryData<string> Files => [.. SchemaFiles.All.Where(file => file != "index.json")];

    public static TheoryData<string> Ids => [.. Cloud.Catalogue.Entries.Where(entry => entry.Contract is not null).Select(entry => entry.Id)];

    [Fact]
    public void Index_AgainstTheFolder_ListsEveryFileOnce()
    {
        var index = SchemaFiles.ReadIndex();
        var listed = index.Shared!.Concat(index.Schemas.SelectMany(entry => new[] { entry.Contract, entry.Wire }.OfType<string>())).Append("index.json");

        Assert.Equal(SchemaFiles.All.Order(), listed.Order());
    }

    [Fact]
    public void Index_EveryEntry_SaysWhatItIsAndWhereItApplies()
    {
        Assert.All(Cloud.Catalogue.Entries, entry =>
        {
            Assert.NotEmpty(entry.Title);
            Assert.NotEmpty(entry.Version);
            Assert.NotEmpty(entry.Source);
            Assert.Contains(entry.Direction, (string[])["to cloud", "to device", "both"]);
            Assert.True(entry.AppliesTo.Count > 0 || _parts.Contains(entry.Id), $"nothing leads to {entry.Id}");
        });
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void File_EveryKeyword_IsOneThatNJsonSchemaHonours(string file)
    {
        using var document = JsonDocument.Parse(SchemaFiles.Read(file));

        Assert.Empty(Problems(document.RootElement, "#"));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void File_Read_HasTitleDescriptionAndExamples(string file)
    {
        using var document = JsonDocument.Parse(SchemaFiles.Read(file));
        var root = document.RootElement;

        Assert.Equal("http://json-schema.org/draft-07/schema#", root.GetProperty("$schema").GetString());
        Assert.NotEmpty(root.GetProperty("title").GetString()!);
        Assert.NotEmpty(root.GetProperty("description").GetString()!);
        Assert.True(file == "common.json" || root.GetProperty("examples").GetArrayLength() > 0);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Contract_ItsExamples_Pass(string id)
    {
        var schema = Cloud.Catalogue.Get(id);

        Assert.All(Examples(EntryOf(id).Contract!), example => Assert.Empty(schema.Judge(example, "")));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Wire_ItsExamples_AreWarningsOnly(string id)
    {
        if (EntryOf(id).Wire is not { } wire)
            return;
        var schema = Cloud.Catalogue.Get(id);

        Assert.All(Examples(wire), example =>
        {
            var findings = schema.Judge(example, "").ToList();
            Assert.NotEmpty(findings);
            Assert.All(findings, finding => Assert.Equal(Severity.Warning, finding.Severity));
        });
    }

    /// <summary>NJsonSchema matches without a time-out: a pattern that can match one text in many ways would stop the referee.</summary>
    [Theory]
    [InlineData("things:", ".a", "!")]
    [InlineData("", "a.", "/")]
    [InlineData("", "a-a", ":")]
    [InlineData("", ":", "/")]
    [InlineData("a:", "b:", "/")]
    [InlineData("", "%2F", "/")]
    [InlineData("", "1s", "x")]
    [InlineData("", "1.", "x")]
    [InlineData("https://", "h", " ")]
    [InlineData("a/b/things/live/messages/", "c/", " ")]
    [InlineData("/features/", "a/inbox/messages/", " ")]
    public void Pattern_OfAnySchema_DoesNotTryAllWays(string head, string middle, string tail)
    {
        var text = head + string.Concat(Enumerable.Repeat(middle, 50_000)) + tail;
        var patterns = SchemaFiles.All.Select(file => JObject.Parse(SchemaFiles.Read(file)))
            .SelectMany(schema => schema.Descendants().OfType<JProperty>())
            .SelectMany(PatternsOf)
            .ToHashSet();

        Assert.True(patterns.Count > 20);
        Assert.All(patterns, pattern => Regex.IsMatch(text, pattern, RegexOptions.None, TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public void Problems_OfABadSchema_AreFound()
    {
        using var document = JsonDocument.Parse(
            """{"const":1,"properties":{"a":true,"b":{"enum":["x"]},"c":{"pattern":"x$","type":"string"},"d":{"type":["object","null"],"required":["e"]},"f":{"$ref":"#","type":"string"}}}""");

        Assert.Equal(6, Problems(document.RootElement, "#").Count());
    }

    private static IEnumerable<string> PatternsOf(JProperty property) => property switch
    {
        { Name: "pattern", Value: JValue { Type: JTokenType.String } pattern } => [(string)pattern!],
        { Name: "patternProperties", Value: JObject patterns } => patterns.Properties().Select(p => p.Name),
        _ => [],
    };

    private static SchemaEntry EntryOf(string id) => Cloud.Catalogue.Entries.Single(entry => entry.Id == id);

    private static JsonElement.ArrayEnumerator Examples(string file) => JsonElement.Parse(SchemaFiles.Read(file)).GetProperty("examples").EnumerateArray();

    private static IEnumerable<string> Problems(JsonElement schema, string at)
    {
        if (schema.ValueKind != JsonValueKind.Object)
            return [$"{at}: a schema is an object; NJsonSchema throws on booleans"];
        var own = schema.EnumerateObject()
            .Where(member => !_keywords.Contains(member.Name))
            .Select(member => $"{at}: NJsonSchema ignores '{member.Name}'")
            .Concat(Traps(schema).Select(trap => $"{at}: {trap}"));
        return own.Concat(Children(schema).SelectMany(child => Problems(child.Schema, $"{at}/{child.Name}")));
    }

    private static IEnumerable<string> Traps(JsonElement schema)
    {
        var type = schema.TryGetProperty("type", out var t) ? t.ToString() : "";
        if (schema.TryGetProperty("enum", out _) && type.Length == 0)
            yield return "an enum is compared as text: write the type beside it";
        if (schema.TryGetProperty("required", out _) && type != "object")
            yield return "required also fires for null and strings: write type object, alone, beside it";
        if (schema.TryGetProperty("$ref", out _) && schema.EnumerateObject().Count() > 1)
            yield return "what stands beside $ref is ignored";
        foreach (var pattern in Patterns(schema))
        {
            if (pattern[0] != '^' || !pattern.EndsWith("(?![\\s\\S])", StringComparison.Ordinal) || pattern.Contains("\\d") || pattern.Contains("\\w"))
                yield return $"the pattern {pattern} is not anchored, or means more than ASCII";
        }
    }

    private static IEnumerable<string> Patterns(JsonElement schema)
    {
        if (schema.TryGetProperty("pattern", out var pattern))
            yield return pattern.GetString()!;
        if (schema.TryGetProperty("patternProperties", out var patterns))
        {
            foreach (var member in patterns.EnumerateObject())
                yield return member.Name;
        }
    }

    private static IEnumerable<(string Name, JsonElement Schema)> Children(JsonElement schema)
    {
        foreach (var member in schema.EnumerateObject())
        {
            switch (member.Name)
            {
                case "properties" or "patternProperties" or "definitions":
                    foreach (var child in member.Value.EnumerateObject())
                        yield return ($"{member.Name}/{child.Name}", child.Value);
                    break;
                case "anyOf" or "oneOf" or "allOf":
                    foreach (var child in member.Value.EnumerateArray())
                        yield return (member.Name, child);
                    break;
                case "items" or "not":
                case "additionalProperties" when member.Value.ValueKind != JsonValueKind.False:
                    yield return (member.Name, member.Value);
                    break;
            }
        }
    }
}

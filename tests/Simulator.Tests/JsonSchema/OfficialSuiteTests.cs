using System.Text;
using System.Text.Json;
using Leda.Harness.Simulator.JsonSchema;

namespace Leda.Harness.Simulator.Tests.JsonSchema;

/// <summary>The official test suite for draft-07, where it is at hand.</summary>
public sealed class OfficialSuiteTests
{
    [Fact]
    public void IsValid_EveryTestOfTheSuite_GivesItsVerdict()
    {
        var count = 0;
        var wrong = new List<string>();
        foreach (var (file, group) in Groups().Where(g => g.File != "refRemote.json"))
        {
            var validator = Load(group.GetProperty("schema"));
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                count++;
                var data = test.GetProperty("data");
                var expected = test.GetProperty("valid").GetBoolean();
                if (validator.IsValid(data) != expected || validator.Explain(data).Any() == expected)
                    wrong.Add($"{file}, {group.GetProperty("description")}, {test.GetProperty("description")}: not {expected}");
            }
        }

        Assert.Empty(wrong);
        Assert.Equal(904, count);
    }

    [Fact]
    public void Load_ASchemaThatRefersToAnotherHost_IsRefusedWithTheReason()
    {
        var groups = Groups().Where(g => g.File == "refRemote.json").ToList();

        Assert.Equal(11, groups.Count);
        Assert.All(groups, group =>
        {
            var refusal = Assert.Throws<SchemaException>(() => Load(group.Group.GetProperty("schema")));
            Assert.Contains("which is not among the documents", refusal.Message);
            Assert.EndsWith("/$ref", refusal.Pointer);
        });
    }

    private static IEnumerable<(string File, JsonElement Group)> Groups() =>
        from file in Directory.GetFiles(Reference.Find("json-schema-test-suite/draft7"), "*.json").Order()
        from @group in JsonElement.Parse(File.ReadAllBytes(file)).EnumerateArray()
        select (Path.GetFileName(file), @group);

    private static JsonValidator Load(JsonElement schema) => SchemaSet.Load([new SchemaDocument("schema.json", Encoding.UTF8.GetBytes(schema.GetRawText()))])["schema.json"];
}

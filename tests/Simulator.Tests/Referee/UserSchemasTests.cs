using System.Text;
using Leda.Harness.Simulator.Referee;
using Leda.Harness.Simulator.Referee.Contract;

namespace Leda.Harness.Simulator.Tests.Referee;

/// <summary>A folder with schemas of the user's own.</summary>
public sealed class UserSchemasTests : IDisposable
{
    private const string Lamp = """
        {"type":"object","properties":{"lit":{"type":"boolean"},"since":{"$ref":"../common.json#/definitions/timestamp"}},"required":["lit"],"additionalProperties":false}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("leda-harness-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Load_NoFolder_IsTheContractAsItIs() =>
        Assert.Equal(Cloud.Catalogue.Entries.Select(entry => entry.Id), SchemaCatalogue.Load(null).Entries.Select(entry => entry.Id));

    [Fact]
    public void Load_ATopicOfOnesOwn_IsJudged()
    {
        Write("lamp.json", Lamp);
        var referee = Load(Entry("acme.lamp", "lamp.json", "topic acme/lamp"));

        Assert.Equal(Verdict.Ok, Judge(referee, "acme/lamp", """{"lit":true,"since":"2026-03-01T09:16:02Z"}"""));
        Assert.Equal(Verdict.Error, Judge(referee, "acme/lamp", """{"lit":"yes"}"""));
        Assert.Equal(Verdict.Error, Judge(referee, "acme/lamp", """{"lit":true,"since":"today"}"""));
        Assert.Equal(Verdict.Ok, Judge(referee, "edge/thing/response", """{"deviceId":"a:b","tenantId":"t"}"""));
        Assert.Equal(Verdict.Unjudged, Judge(referee, "acme/other", "{}"));
    }

    [Fact]
    public void Load_AFeatureOfOnesOwn_IsFoundByIdAndDefinition()
    {
        Write("lamp.json", """{"type":"object","properties":{"properties":{"$ref":"parts/state.json"}},"required":["properties"]}""");
        Write("parts/state.json", Lamp.Replace("../", "../../"));
        var referee = Load(
            Entry("acme.lamp", "lamp.json", "feature Lamp"), ""","shared":["parts/state.json"],"families":[{"name":"Lamp","ids":["Lamp:*"],"definitions":["com.acme:Lamp:*"]}]""");

        Assert.Equal(Verdict.Ok, Judge(referee, Cloud.EventTopic, Cloud.Modify("/features/Lamp:left", """{"properties":{"lit":true}}""")));
        Assert.Equal(Verdict.Error, Judge(referee, Cloud.EventTopic, Cloud.Modify("/features/Lamp:left", """{"properties":{}}""")));
        Assert.Equal(Verdict.Error, Judge(referee, Cloud.EventTopic, Cloud.Modify("/features/x", """{"definition":["com.acme:Lamp:7.0.0"],"properties":{}}""")));
    }

    [Fact]
    public void Load_AnIdOfOurs_TakesItsPlace()
    {
        Write("any.json", """{"type":"object"}""");
        var referee = Load(Entry("edge.thing.response", "any.json", "topic edge/thing/response"));

        Assert.Equal(Verdict.Ok, Judge(referee, "edge/thing/response", "{}"));
        Assert.Equal(Verdict.Error, Judge(Cloud.Referee, "edge/thing/response", "{}"));
    }

    [Fact]
    public void Load_APlaceOfOurs_IsTakenByTheUsers()
    {
        Write("any.json", """{"type":"object"}""");
        var referee = Load(Entry("acme.identity", "any.json", "topic edge/thing/response"));

        Assert.Equal("acme.identity", referee.Judge("edge/thing/response", "{}"u8.ToArray()).Criterion);
    }

    [Theory]
    [InlineData("""{"schemas":[{"id":"a"}]}""", "index.json at /schemas/0", "title")]
    [InlineData("""{"schemas":[1]}""", "index.json at /schemas/0", "line 1")]
    [InlineData("""{"schemas":[}""", "index.json at /schemas/0", "line 1")]
    [InlineData("""{"schemes":[]}""", "index.json at /", "schemes")]
    [InlineData("null", "index.json", "seen null")]
    public void Load_AnIndexThatIsNone_SaysWhere(string index, string where, string what)
    {
        Write("index.json", index);

        var problem = Assert.Throws<SchemaFolderException>(() => SchemaCatalogue.Load(_folder)).Message;
        Assert.Contains(where, problem);
        Assert.Contains(what, problem);
    }

    [Theory]
    [InlineData("lamp.json", "lamps acme/lamp", "index.json at /schemas/0/appliesTo/0", "'lamps acme/lamp' is no place")]
    [InlineData("lamp.json", "feature Lamp/properties", "index.json at /schemas/0/appliesTo/0", "is no place")]
    [InlineData("lamp.json", "envelope twin", "index.json at /schemas/0/appliesTo/0", "twin command")]
    [InlineData("missing.json", "topic a", "index.json at /schemas/0/contract", "no file 'missing.json'")]
    [InlineData("../lamp.json", "topic a", "index.json at /schemas/0/contract", "leaves the folder")]
    [InlineData("broken.json", "topic a", "broken.json at /: ", "is no JSON")]
    [InlineData("list.json", "topic a", "list.json at /: ", "a schema is an object")]
    [InlineData("stray.json", "topic a", "stray.json at /properties/a", "nowhere.json")]
    public void Load_AnEntryThatCannotBe_SaysWhere(string file, string place, string where, string what)
    {
        Write("lamp.json", Lamp);
        Write("broken.json", "{\n\"type\": }");
        Write("list.json", "[]");
        Write("stray.json", """{"properties":{"a":{"$ref":"nowhere.json"}}}""");

        var problem = Assert.Throws<SchemaFolderException>(() => Load(Entry("acme.lamp", file, place))).Message;
        Assert.Contains(where, problem);
        Assert.Contains(what, problem);
    }

    [Theory]
    [InlineData("""[{"name":"A","ids":[],"definitions":[],"extends":"B"}]""", "/families/0/extends: there is no family 'B'")]
    [InlineData("""[{"name":"A","ids":[],"definitions":[],"extends":"A"}]""", "/families/0/extends: 'A' extends itself")]
    public void Load_FamiliesThatLeadNowhere_AreRefused(string families, string problem)
    {
        Write("index.json", $$"""{"schemas":[],"families":{{families}}}""");

        Assert.Contains(problem, Assert.Throws<SchemaFolderException>(() => SchemaCatalogue.Load(_folder)).Message);
    }

    [Fact]
    public void Load_NoSuchFolder_SaysWhatBelongsThere() =>
        Assert.Contains("has an index.json", Assert.Throws<SchemaFolderException>(() => SchemaCatalogue.Load(Path.Combine(_folder, "none"))).Message);

    private static string Entry(string id, string file, string place) =>
        $$"""{"id":"{{id}}","title":"A lamp","version":"1","source":"us","direction":"to cloud","contract":"{{file}}","appliesTo":["{{place}}"]}""";

    private static Verdict Judge(MessageReferee referee, string topic, string payload) => referee.Judge(topic, Encoding.UTF8.GetBytes(payload)).Verdict;

    private MessageReferee Load(string entry, string more = "")
    {
        Write("index.json", $$"""{"schemas":[{{entry}}]{{more}}}""");
        return new MessageReferee(SchemaCatalogue.Load(_folder));
    }

    private void Write(string file, string text)
    {
        var path = Path.Combine(_folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}

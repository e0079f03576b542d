using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Policies;

namespace Leda.Harness.Simulator.Tests.Policies;

/// <summary>Policies in and out of JSON, good ones and all kinds of bad ones.</summary>
public sealed class PolicyReadTests
{
    private const string Full = """
        {"policyId":"ns:p","imports":{"ns:other":{"entries":["x"],"transitiveImports":["ns:third"]}},
         "entries":{"z":{"subjects":{"nginx:a":{"type":"t","expiry":"2026-03-01T10:00:00Z","announcement":{"beforeExpiry":"1h","whenDeleted":true}}},
           "resources":{"thing:/features/a~1b":{"grant":["READ","FLY"],"revoke":[]},"policy:/entries/z/subjects/a:/b":{"revoke":["EXECUTE"],"grant":[]}},
           "namespaces":["a.b.*"],"importable":"explicit","allowedAdditions":["subjects"]},
          "a":{"subjects":{},"resources":{},"references":[{"import":"ns:other","entry":"y"},{"entry":"z"}]}}}
        """;

    [Fact]
    public void TryRead_EverythingThatDittoKnows_ComesOutAsItWentIn()
    {
        var written = Read(Full).Policy!.ToJson().GetRawText();

        Assert.Equal(string.Concat(Full.Split('\n').Select(line => line.Trim())), written);
        Assert.Equal(written, Read(written).Policy!.ToJson().GetRawText());
    }

    [Fact]
    public void E01_Implicit_HasOneEntryThatMayDoEverything() => Assert.Equal(
        """{"policyId":"ns:p","entries":{"DEFAULT":{"subjects":{"nginx:ditto":{"type":"generated"}},"resources":{"thing:/":{"grant":["READ","WRITE"],"revoke":[]},"policy:/":{"grant":["READ","WRITE"],"revoke":[]},"message:/":{"grant":["READ","WRITE"],"revoke":[]}}}}}""",
        Policy.Implicit(PolicyWorld.Id, "nginx:ditto").ToJson().GetRawText());

    [Theory]
    [InlineData("{{ request:subjectId }}", "nginx:me")]
    [InlineData("{{request:subjectId}}", "nginx:me")]
    [InlineData("${request.subjectId}", "nginx:me")]
    [InlineData("x:{{ request:subjectId }}", "x:nginx:me")]
    [InlineData("x:{curly}", "x:{curly}")]
    public void TryRead_PlaceholderInASubjectId_IsTheSender(string id, string expected) =>
        Assert.Equal(expected, Read(WithSubject(id, """{"type":"t"}""")).Policy!.Entries[0].Subjects[0].Id);

    [Fact]
    public void TryRead_PlaceholderForASubjectThatIsThereAsWell_IsOneSubject() =>
        Assert.Single(Read("""{"entries":{"e":{"resources":{},"subjects":{"nginx:me":{"type":"a"},"{{ request:subjectId }}":{"type":"b"}}}}}""").Policy!.Entries[0].Subjects);

    [Theory]
    [InlineData("null", "json.invalid")]
    [InlineData("[]", "json.invalid")]
    [InlineData("7", "json.invalid")]
    [InlineData("{}", "json.field.missing")]
    [InlineData("""{"policyId":"ns:q","entries":{}}""", "policies:id.notsettable")]
    [InlineData("""{"policyId":5,"entries":{}}""", "policies:id.notsettable")]
    [InlineData("""{"entries":[]}""", "json.invalid")]
    [InlineData("""{"entries":{"e":null}}""", "json.invalid")]
    [InlineData("""{"entries":{"":{"subjects":{},"resources":{}}}}""", "policies:label.invalid")]
    [InlineData("""{"entries":{"a/b":{"subjects":{},"resources":{}}}}""", "policies:label.invalid")]
    [InlineData("""{"entries":{"a\u0007":{"subjects":{},"resources":{}}}}""", "policies:label.invalid")]
    [InlineData("""{"entries":{"imported-x":{"subjects":{},"resources":{}}}}""", "policies:entry.invalid")]
    [InlineData("""{"entries":{"nsimported":{"subjects":{},"resources":{}}}}""", "policies:entry.invalid")]
    [InlineData("""{"entries":{"e":{"resources":{}}}}""", "json.field.missing")]
    [InlineData("""{"entries":{"e":{"subjects":{}}}}""", "json.field.missing")]
    [InlineData("""{"entries":{"e":{"subjects":5,"resources":{}}}}""", "json.invalid")]
    [InlineData("""{"entries":{"e":{"subjects":{},"resources":{"thing:/":[]}}}}""", "json.invalid")]
    [InlineData("""{"entries":{"e":{"subjects":{},"resources":{"thing:/":{"grant":["READ"]}}}}}""", "json.field.missing")]
    [InlineData("""{"entries":{"e":{"subjects":{},"resources":{"thing:/":{"grant":"READ","revoke":[]}}}}}""", "json.invalid")]
    [InlineData("""{"entries":{"e":{"subjects":{},"resources":{"thing:/":{"grant":[5],"revoke":[]}}}}}""", "json.invalid")]
    [InlineData("""{"entries":{"e":{"subjects":{},"resources":{"thing":{"grant":[],"revoke":[]}}}}}""", "policies:entry.invalid")]
    [InlineData("""{"entries":{"e":{"subjects":{},"resources":{":/":{"grant":[],"revoke":[]}}}}}""", "policies:entry.invalid")]
    [InlineData("""{"entries":{"e":{"subjects":{},"resources":{"thing:a":{"grant":[],"revoke":[]}}}}}""", "policies:entry.invalid")]
    [InlineData("""{"entries":{"e":{"subjects":{},"resources":{"thing:/a//b":{"grant":[],"revoke":[]}}}}}""", "json.pointer.invalid")]
    [InlineData("""{"entries":{"e":{"subjects":{},"resources":{},"importable":"always"}}}""", "policies:entry.invalid")]
    [InlineData("""{"entries":{"e":{"subjects":{},"resources":{},"importable":null}}}""", "policies:entry.invalid")]
    [InlineData("""{"entries":{"e":{"subjects":{},"resources":{},"allowedAdditions":["labels"]}}}""", "policies:entry.invalid")]
    [InlineData("""{"entries":{"e":{"subjects":{},"resources":{},"namespaces":"a.b"}}}""", "json.invalid")]
    [InlineData("""{"entries":{"e":{"subjects":{},"resources":{},"namespaces":[null]}}}""", "json.invalid")]
    [InlineData("""{"entries":{"e":{"references":{}}}}""", "json.invalid")]
    [InlineData("""{"entries":{"e":{"references":[{}]}}}""", "json.field.missing")]
    [InlineData("""{"entries":{"e":{"references":[{"entry":"nobody"}]}}}""", "policies:entry.invalid")]
    [InlineData("""{"entries":{"e":{"references":[{"entry":"x","import":"ns:no"}]}}}""", "policies:entry.invalid")]
    [InlineData("""{"entries":{"e":{"references":[{"entry":"x","import":5}]}}}""", "json.invalid")]
    [InlineData("""{"imports":[],"entries":{}}""", "json.invalid")]
    [InlineData("""{"imports":{"nocolon":{}},"entries":{}}""", "policies:id.invalid")]
    [InlineData("""{"imports":{"ns:p":{}},"entries":{}}""", "policies:import.invalid")]
    [InlineData("""{"imports":{"ns:q":null},"entries":{}}""", "json.invalid")]
    [InlineData("""{"imports":{"ns:q":{"entries":5}},"entries":{}}""", "json.invalid")]
    [InlineData("""{"imports":{"ns:q":{"transitiveImports":["x"]}},"entries":{}}""", "policies:id.invalid")]
    public void TryRead_HostileJson_IsRefusedWithDittosId(string json, string error) => Assert.Equal((400, error), Failure(json));

    [Theory]
    [InlineData("nocolon", """{"type":"t"}""", "policies:subjectid.invalid")]
    [InlineData(":x", """{"type":"t"}""", "policies:subjectid.invalid")]
    [InlineData("", """{"type":"t"}""", "policies:subjectid.invalid")]
    [InlineData("{{ request:nonsense }}", """{"type":"t"}""", "gateway:placeholder.notresolvable")]
    [InlineData("x:y", "null", "json.invalid")]
    [InlineData("x:y", "{}", "json.field.missing")]
    [InlineData("x:y", """{"type":5}""", "json.invalid")]
    [InlineData("x:y", """{"type":"t","expiry":"soon"}""", "policies:subjectexpiry.invalid")]
    [InlineData("x:y", """{"type":"t","expiry":7}""", "policies:subjectexpiry.invalid")]
    [InlineData("x:y", """{"type":"t","announcement":true}""", "json.invalid")]
    public void TryRead_HostileSubject_IsRefusedWithDittosId(string id, string subject, string error) =>
        Assert.Equal((400, error), Failure(WithSubject(id, subject)));

    [Fact]
    public void TryRead_ASubjectNamedLikeAPlaceholder_IsNotResolvedASecondTime()
    {
        var json = PolicyWorld.Of(WithSubject("{{ request:subjectId }}", """{"type":"t"}"""));

        Assert.False(Policy.TryRead(PolicyWorld.Id, json, "nginx:{{ request:subjectId }}", out _, out var error));
        Assert.Equal("gateway:placeholder.notresolvable", error.Error);
    }

    [Fact]
    public void TryRead_ElevenImports_AreTooMany()
    {
        var imports = string.Join(',', Enumerable.Range(0, 11).Select(i => $$"""  "ns:i{{i}}":{}  """));

        Assert.Equal((400, "policies:imports.toolarge"), Failure($$"""{"imports":{ {{imports}} },"entries":{} }"""));
    }

    [Fact]
    public void TryRead_TooDeep_IsRefused()
    {
        var deep = string.Concat(Enumerable.Repeat("""{"a":""", 50)) + "1" + new string('}', 50);

        Assert.Equal((400, "json.invalid"), Failure(WithSubject("x:y", $$"""{"type":"t","announcement":{{deep}} }""")));
    }

    private static (int, string) Failure(string json)
    {
        var error = Read(json).Error!;
        return (error.Status, error.Error);
    }

    private static string WithSubject(string id, string subject) =>
        $$"""{"entries":{"e":{"resources":{},"subjects":{"{{id}}":{{subject}} } } } }""";

    private static (Policy? Policy, DittoError? Error) Read(string json) =>
        Policy.TryRead(PolicyWorld.Id, JsonText.Parse(json), "nginx:me", out var policy, out var error) ? (policy, null) : (null, error);
}

using System.Text;
using Leda.Harness.Simulator.Referee;
using Leda.Harness.Simulator.Referee.Contract;

namespace Leda.Harness.Simulator.Tests.Referee;

/// <summary>Whatever the bytes: a judgement, never an exception.</summary>
public sealed class HostileInputTests
{
    public static TheoryData<string, byte[]> Payloads
    {
        get
        {
            var dependency = """{"name":"n","version":1}""";
            var many = string.Join(',', Enumerable.Range(0, 3_000).Select(i => $"\"k{i}\":{dependency}"));
            var twice = string.Join(',', Enumerable.Range(0, 3_000).Select(i => $"\"k{i}\":1,\"K{i}\":1"));
            var inventory = "/features/SoftwareUpdatable/properties/status/installedDependencies";
            return new TheoryData<string, byte[]>
            {
                { "empty", [] },
                { "one zero", [0] },
                { "not UTF-8", [0xFF, 0xFE, 0x22, 0x80] },
                { "not UTF-8 inside a string", [.. "{\"topic\":\""u8, 0xC3, 0x28, .. "\",\"path\":\"/\"}"u8] },
                { "not UTF-8 inside a key", [.. "{\"topic\":\"a\",\""u8, 0xC3, 0x28, .. "\":1,\"path\":\"/\"}"u8] },
                { "half a surrogate in a string", "{\"topic\":\"\\ud800\",\"path\":\"/\"}"u8.ToArray() },
                { "half a surrogate in a key", "{\"\\udc00\":1,\"topic\":\"a\",\"path\":\"/\"}"u8.ToArray() },
                { "a word", "hello"u8.ToArray() },
                { "a comment", "{/*c*/}"u8.ToArray() },
                { "single quotes", "{'a':1}"u8.ToArray() },
                { "something after the value", "{} x"u8.ToArray() },
                { "NaN", "{\"topic\":NaN}"u8.ToArray() },
                { "duplicate keys", "{\"topic\":\"a\",\"topic\":\"b\",\"path\":\"/\"}"u8.ToArray() },
                { "keys that differ in case", Utf8(Cloud.Modify("/features/Metrics", """{"definition":[],"Definition":[]}""")) },
                { "nested deeply", Utf8(new string('[', 5_000) + new string(']', 5_000)) },
                { "nested deeply inside an envelope", Utf8(Cloud.Modify("/features/Metrics", new string('[', 61) + new string(']', 61))) },
                { "a megabyte of text", Utf8(Cloud.Modify("/features/Metrics", $"\"{new string('x', 1_000_000)}\"")) },
                { "a megabyte of topic", Utf8($$"""{"topic":"{{new string('/', 1_000_000)}}","path":"/"}""") },
                { "thousands of findings", Utf8(Cloud.Modify(inventory, $"{{{many}}}")) },
                { "thousands of keys that differ in case", Utf8(Cloud.Modify(inventory, $"{{{twice}}}")) },
                { "a huge integer", Utf8(Cloud.Modify(Cloud.Container + "/properties/status/state", """{"status":"RUNNING","pid":123456789012345678901234567890}""")) },
                { "a huge exponent", Utf8(Cloud.Modify(Cloud.Container + "/properties/status/state", """{"status":"RUNNING","pid":1e999999}""")) },
                { "a huge status", Utf8($$"""{"topic":"{{Cloud.Live}}stop","path":"/x","status":99999999999999999999}""") },
                { "null", "null"u8.ToArray() },
                { "members of wrong kinds", "{\"topic\":1,\"headers\":[],\"path\":{},\"value\":null,\"status\":\"204\"}"u8.ToArray() },
                { "headers of wrong kinds", Utf8($$"""{"topic":"{{Cloud.Live}}stop","headers":{"correlation-id":1,"response-required":"true","content-type":[]},"path":"{{Cloud.Container}}/inbox/messages/stop"}""") },
                { "an empty path", Utf8($$"""{"topic":"{{Cloud.Twin}}modify","headers":{},"path":""}""") },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Payloads), DisableDiscoveryEnumeration = true)]
    public void Judge_HostilePayloadOnAnyTopic_GivesAJudgement(string what, byte[] payload)
    {
        string[] topics =
        [
            "edge/thing/request", "edge/thing/response", "edge/connection/remote/status", "e", "e//", Cloud.EventTopic, "t/x", "telemetry",
            Cloud.Request("stop"), "c//x/q//y", Cloud.Response(204), "command", "command/", "c/", "", "/", "//", "$SYS/broker", "a\0b", "e/\ud800/x",
        ];
        foreach (var topic in topics)
        {
            var judgement = Cloud.Referee.Judge(topic, payload);
            Assert.True(judgement.Findings.Count <= Judgement.MostFindings + 1, $"{what} on '{topic}': {judgement.Findings.Count} findings");
            Assert.All(judgement.Findings, finding =>
            {
                Assert.NotEmpty(finding.Hint);
                Assert.InRange(finding.ToString().Length, 1, 5 * Judgement.MostCharacters);
            });
        }

        Assert.NotEqual(Verdict.Ok, Cloud.Referee.JudgeEnvelope(payload).Verdict);
    }

    [Theory]
    [InlineData("/features/Container:a~1b~0/properties/~/x")]
    [InlineData("/features/:")]
    [InlineData("/features/Container:/properties/status/state/pid")]
    public void Judge_OddPathThatNoSchemaKnows_IsJudgedByItsEnvelope(string path)
    {
        var judgement = Cloud.Judge(Cloud.EventTopic, Cloud.Modify(path, "1"));

        Assert.Equal((Verdict.Ok, "ditto.twin-command"), (judgement.Verdict, judgement.Criterion));
        Assert.Equal((Rule.NoSchema, Severity.Info), (Assert.Single(judgement.Findings).Rule, judgement.Findings[0].Severity));
    }

    [Fact]
    public void Judge_ManyFindings_CountsTheOnesItLeavesOut()
    {
        var many = string.Join(',', Enumerable.Range(0, 100).Select(i => $"\"k{i}\":1,\"K{i}\":1"));

        var judgement = Cloud.Judge(Cloud.EventTopic, Cloud.Modify("/features/Other", $"{{{many}}}"));

        Assert.Equal(Judgement.MostFindings + 1, judgement.Findings.Count);
        Assert.Equal("101", judgement.Findings.Single(finding => finding.Rule == Rule.More).Seen); // and one that no schema knows it
    }

    [Fact]
    public void Of_ManyFindings_KeepsTheWorst()
    {
        var mild = Enumerable.Range(0, 100).Select(i => new Finding("mild", Severity.Info, $"/{i}", "", "", ""));

        var judgement = Judgement.Of("x", [.. mild, new Finding("bad", Severity.Error, "", "", "", "")]);

        Assert.Equal("bad", judgement.Findings[0].Rule);
    }

    [Fact]
    public async Task Judge_FromManyThreads_SaysTheSame()
    {
        var referee = new MessageReferee(new SchemaCatalogue());
        var payload = Utf8(Cloud.Modify(Cloud.Container + "/properties/status/state", """{"status":"Running","pid":"1"}"""));
        var expected = Cloud.Referee.Judge(Cloud.EventTopic, payload).Findings;

        var all = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => referee.Judge(Cloud.EventTopic, payload).Findings)));

        Assert.Equal(2, expected.Count);
        Assert.All(all, findings => Assert.Equal(expected, findings));
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}

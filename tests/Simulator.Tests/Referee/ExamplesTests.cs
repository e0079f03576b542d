using System.Text.Json;
using Leda.Harness.Simulator.Referee;

namespace Leda.Harness.Simulator.Tests.Referee;

/// <summary>The conversation of one gateway, message by message (E1 to E20 of <c>kanto-container-management.md</c> 10).</summary>
public sealed class ExamplesTests
{
    public static TheoryData<string, string, Verdict, string, string> Examples
    {
        get
        {
            var examples = new TheoryData<string, string, Verdict, string, string>();
            foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "payloads", "examples.ndjson")))
            {
                var entry = JsonElement.Parse(line);
                examples.Add(
                    entry.GetProperty("id").GetString()!, entry.GetProperty("topic").GetString()!,
                    Enum.Parse<Verdict>(entry.GetProperty("verdict").GetString()!), entry.GetProperty("criterion").GetString()!,
                    entry.GetProperty("payload").GetRawText());
            }

            return examples;
        }
    }

    public static TheoryData<string, Verdict, string, string> Envelopes =>
        [.. Examples.Select(row => row.Data).Where(data => !data.Item2.StartsWith("edge/", StringComparison.Ordinal)).Select(data => (data.Item1, data.Item3, data.Item4, data.Item5))];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Judge_Example_IsAsExpected(string id, string topic, Verdict verdict, string criterion, string payload)
    {
        var judgement = Cloud.Judge(topic, payload);

        Assert.True(judgement.Verdict == verdict, $"{id}: {string.Join('\n', judgement.Findings)}");
        Assert.Equal(criterion, judgement.Criterion);
    }

    [Theory]
    [MemberData(nameof(Envelopes))]
    public void JudgeEnvelope_ExampleWithoutItsTopic_IsTheSame(string id, Verdict verdict, string criterion, string payload)
    {
        var judgement = Cloud.JudgeEnvelope(payload);

        Assert.True(judgement.Verdict == verdict, $"{id}: {string.Join('\n', judgement.Findings)}");
        Assert.Equal(criterion, judgement.Criterion);
    }

    [Fact]
    public void Judge_EmptyIdentityRequest_IsFree() => Assert.Equal((Verdict.Ok, "edge.thing.request"), Short(Cloud.Judge("edge/thing/request", "")));

    [Theory]
    [InlineData("sensors/temperature", "21.5")]
    [InlineData("edge/thing/other", "{}")]
    [InlineData("containersupdate/other", "{}")]
    [InlineData("e/tnt/dev", """{"topic":"ns/p/policies/commands/modify","path":"/","headers":{}}""")]
    [InlineData("e/tnt/dev", """{"topic":"_/_/things/twin/search/subscribe","path":"/","headers":{}}""")]
    [InlineData("e/tnt/dev", """{"topic":"ns/n/things/live/commands/modify","path":"/","headers":{}}""")]
    public void Judge_NoneOfOurs_IsLeftUnjudged(string topic, string payload) => Assert.Equal(Judgement.None, Cloud.Judge(topic, payload));

    [Theory]
    [InlineData("edge/thing/Response", "'edge/thing/response'")]
    [InlineData("/edge/thing/response", "'edge/thing/response'")]
    [InlineData("containersupdate/currentState", "'containersupdate/currentstate'")]
    public void Judge_KnownTopicMisspelt_IsTold(string topic, string expected)
    {
        var judgement = Cloud.Judge(topic, "{}");

        Assert.Equal(Verdict.Warning, judgement.Verdict);
        Assert.Equal((Rule.Topic, expected), (Assert.Single(judgement.Findings).Rule, judgement.Findings[0].Expected));
    }

    [Theory]
    [InlineData("t/tnt/dev", "21.5")]
    [InlineData("t/tnt/dev", "no json")]
    [InlineData("telemetry", "{\"a\":1}")]
    [InlineData("event", "[1,2]")]
    [InlineData("e/tnt/dev", "{\"a\":1}")]
    public void Judge_WhatNoTwinCanHear_IsAWarning(string topic, string payload)
    {
        var judgement = Cloud.Judge(topic, payload);

        Assert.Equal(Verdict.Warning, judgement.Verdict);
        Assert.Equal("envelope/shape", Assert.Single(judgement.Findings).Rule);
    }

    [Fact]
    public void JudgeEnvelope_TwinEvents_AreJudgedByWhatChanged()
    {
        var state = Cloud.Container + "/properties/status/state";

        Assert.Equal((Verdict.Ok, "container.state"), Short(JudgeEvent("modified", state, """{"status":"RUNNING"}""")));
        Assert.Equal((Verdict.Ok, "container.state"), Short(JudgeEvent("created", state, """{"status":"CREATED"}""")));
        Assert.Equal((Verdict.Error, "container.state"), Short(JudgeEvent("modified", state, """{"status":"Running"}""")));
        Assert.Equal((Verdict.Ok, "ditto.twin-event"), Short(JudgeEvent("merged", state, """{"pid":7}""")));
        Assert.Equal((Verdict.Ok, "ditto.twin-event"), Short(JudgeEvent("deleted", Cloud.Container, null)));
        Assert.Equal((Verdict.Ok, "ditto.twin-event"), Short(JudgeEvent("created", "/attributes/x", "1")));
    }

    [Fact]
    public void JudgeEnvelope_AWholeThing_JudgesEachFeatureItKnows()
    {
        var thing = """{"features":{"Metrics":{"definition":"wrong"},"other":{"properties":{"a":1}},"ContainerFactory":{"definition":["a:b:c"]}}}""";
        var envelope = $$"""{"topic":"{{Cloud.Twin}}create","headers":{},"path":"/","value":{{thing}}}""";

        var judgement = Cloud.JudgeEnvelope(envelope);

        Assert.Equal(
            ["/value/features/ContainerFactory/definition/0", "/value/features/Metrics/definition", "/value/features/other"],
            judgement.Findings.Select(finding => finding.Where).Order());
        Assert.Equal("schema/none", judgement.Findings.Single(finding => finding.Severity == Severity.Info).Rule);
        Assert.Equal((Verdict.Error, "ditto.twin-command"), Short(judgement));
    }

    [Fact]
    public void JudgeEnvelope_AFeatureOfAnotherName_IsJudgedByItsDefinition()
    {
        var value = """{"definition":["org.eclipse.hawkbit.swupdatable:SoftwareUpdatable:2.0.0"],"properties":{"status":{}}}""";

        Assert.Equal((Verdict.Error, "software-updatable"), Short(Cloud.JudgeEnvelope(Cloud.Modify("/features/SUManifest", value))));
        Assert.Equal((Verdict.Ok, "ditto.twin-command"), Short(Cloud.JudgeEnvelope(Cloud.Modify("/features/SUManifest", value.Replace(":2.0.0", ":9.0.0")))));
    }

    [Fact]
    public void Judge_UpdateAgents_ByTheirTopics()
    {
        Assert.Equal((Verdict.Ok, "update.mqtt.command"), Short(Cloud.Judge("selfupdate/desiredstate/command", """{"activityId":"a","timestamp":1,"payload":{"command":"UPDATE"}}""")));
        Assert.Equal((Verdict.Warning, "update.mqtt.feedback"), Short(Cloud.Judge("selfupdate/desiredstatefeedback", "")));
        Assert.Equal((Verdict.Error, "update.mqtt.current-state-get"), Short(Cloud.Judge("selfupdate/currentstate/get", "")));
    }

    private static Judgement JudgeEvent(string action, string path, string? value)
    {
        var tail = value is null ? "" : $"\"value\":{value},";
        return Cloud.JudgeEnvelope(
            $$"""{"topic":"{{Cloud.Things}}twin/events/{{action}}","headers":{},"path":"{{path}}",{{tail}}"revision":3,"timestamp":"2026-03-01T09:16:02.114Z"}""");
    }

    private static (Verdict Verdict, string Criterion) Short(Judgement judgement) => (judgement.Verdict, judgement.Criterion);
}

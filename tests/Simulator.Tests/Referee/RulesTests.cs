using Leda.Harness.Simulator.Referee;

namespace Leda.Harness.Simulator.Tests.Referee;

/// <summary>Each rule with a message that breaks it, and the same message repaired.</summary>
public sealed class RulesTests
{
    private const string Inventory = "/features/SoftwareUpdatable/properties/status/installedDependencies";
    private const string Status = "/features/SoftwareUpdatable/properties/status";
    private const string Stop = Cloud.Container + "/inbox/messages/stop";
    private const string Stopped = Cloud.Container + "/outbox/messages/stop";
    private const string Foreign = "/features/motor/outbox/messages/stop";
    private const string Correlation = "\"correlation-id\":\"c-1\"";
    private const string Type = "\"content-type\":\"application/json\"";

    private static readonly (string Topic, string Payload) _command = (Cloud.Request("stop"), Request(Stop));
    private static readonly (string Topic, string Payload) _answer = (Cloud.Response(204), Response(Stopped, 204));
    private static readonly (string Topic, string Payload) _state = (Cloud.EventTopic, State("RUNNING"));

    /// <summary>Rule, severity, place; the broken message; the repaired one.</summary>
    public static TheoryData<string, Severity, string, (string Topic, string Payload), (string Topic, string Payload)> Table => new()
    {
        { Rule.JsonText, Severity.Error, "", _command with { Payload = _command.Payload + " x" }, _command },
        { Rule.JsonText, Severity.Error, "", ("edge/thing/response", ""), ("edge/thing/response", """{"deviceId":"a:b","tenantId":"t"}""") },
        { Rule.JsonCase, Severity.Error, "/headers", With(_command, "{\"topic\"", "{\"HEADERS\":{},\"topic\""), _command },
        { Rule.JsonNumber, Severity.Error, "/value", Event("/features/x", "1e999"), Event("/features/x", "1e99") },
        { Rule.Topic, Severity.Error, "topic", _command with { Topic = _command.Topic + "/now" }, _command },
        { Rule.Topic, Severity.Error, "topic", _answer with { Topic = "command//x/res/1/abc" }, _answer },
        { Rule.Envelope, Severity.Error, "", _command with { Payload = "{}" }, _command },
        { Rule.Envelope, Severity.Error, "", _state with { Payload = """{"topic":"a"}""" }, _state },
        { Rule.EnvelopeTopic, Severity.Error, "/topic", With(_command, "/live/", "/life/"), _command },
        { Rule.EnvelopePath, Severity.Error, "/path", Event("/feature/x", "{}"), Event("/features/x", "{}") },
        { Rule.EnvelopePath, Severity.Error, "/path", With(_command, "/inbox/", "/box/"), _command },
        { Rule.SameThing, Severity.Error, "topic", _command with { Topic = "command//acme.fleet:other/req/1/stop" }, _command },
        { Rule.SameSubject, Severity.Error, "/path", With(_command, "inbox/messages/stop", "inbox/messages/start"), _command },
        { Rule.SameSubject, Severity.Error, "topic", _command with { Topic = Cloud.Request("start") }, _command },
        { Rule.DependencyKey, Severity.Warning, "/value/b.n:1", Event(Inventory, Entry("b.n:1")), Event(Inventory, Entry("a.n:1")) },
        { Rule.DependencyKey, Severity.Warning, "/value/a.n:1.0", Event(Inventory, Entry("a.n:1.0")), Event(Inventory, Entry("a.n:1")) },
        { Rule.DependencyKey, Severity.Warning, "/value/installedDependencies/b.n:1", Event(Status, Software("installed", "b.n:1")), Event(Status, Software("installed", "a.n:1")) },
        { Rule.DependencyKey, Severity.Warning, "/value/contextDependencies/b.n:1", Event(Status, Software("context", "b.n:1")), Event(Status, Software("context", "a.n:1")) },
        { Rule.CorrelationId, Severity.Error, "/headers/correlation-id", With(_command, Correlation + ",", ""), _command },
        { Rule.ResponseRequired, Severity.Warning, "/headers/response-required", With(_command, ",\"response-required\":true", ""), _command },
        { Rule.ResponseRequired, Severity.Warning, "topic", _command with { Topic = Cloud.Request("stop", "") }, With(_command, "true", "false") with { Topic = Cloud.Request("stop", "") } },
        { Rule.ContentType, Severity.Error, "/headers/content-type", With(_command, "/stop\"}", "/stop\",\"value\":{}}"), _command },
        { Rule.ContentType, Severity.Error, "/headers/content-type", With(_command, "true", "true," + Type), _command },
        { Rule.ContentType, Severity.Warning, "/headers/content-type", Answer(200, Foreign, "1", false), Answer(200, Foreign, "1") },
        { Rule.ResponseStatus, Severity.Error, "/status", _answer with { Topic = Cloud.Response(200) }, _answer },
        { Rule.ResponseStatus, Severity.Error, "/status", With(_answer, ",\"status\":204", ""), _answer },
        { Rule.ResponseStatus, Severity.Error, "/status", _answer with { Topic = Cloud.Request("stop") }, _answer },
        { Rule.ResponseStatus, Severity.Warning, "topic", _answer with { Topic = Cloud.EventTopic }, _answer },
        { Rule.ResponsePath, Severity.Warning, "/path", With(_answer, "outbox", "inbox"), _answer },
        { Rule.ResponseValue, Severity.Warning, "/value", Answer(204, Stopped, "{}"), _answer },
        { Rule.ResponseValue, Severity.Error, "/value/status", Answer(500, Stopped, Failure(404)), Answer(500, Stopped, Failure(500)) },
        { Rule.Schema + "container.state", Severity.Error, "/value/status", _state with { Payload = State("Running") }, _state },
        { Rule.NoSchema, Severity.Info, "/path", Event("/features/x", "{}"), _state },
    };

    [Theory]
    [MemberData(nameof(Table), DisableDiscoveryEnumeration = true)]
    public void Judge_BrokenMessage_IsFoundAndTheRepairedOneIsNot(
        string rule, Severity severity, string where, (string Topic, string Payload) broken, (string Topic, string Payload) repaired)
    {
        var before = Cloud.Judge(broken.Topic, broken.Payload);
        var after = Cloud.Judge(repaired.Topic, repaired.Payload);

        Assert.Contains(before.Findings, finding => (finding.Rule, finding.Severity, finding.Where) == (rule, severity, where));
        Assert.DoesNotContain(after.Findings, finding => finding.Rule == rule);
        Assert.Equal(Verdict.Ok, after.Verdict);
    }

    [Fact]
    public void Judge_OneMistake_GivesOneFinding()
    {
        // The envelope's schema misses the correlation id too; the rule explains it better, so the schema keeps quiet.
        var (topic, payload) = With(_command, Correlation + ",", "");

        Assert.Equal(Rule.CorrelationId, Assert.Single(Cloud.Judge(topic, payload).Findings).Rule);
    }

    [Theory]
    [InlineData("created")]
    [InlineData("modified")]
    [InlineData("deleted")]
    public void Judge_TwinEventPushedToADevice_NeedsNoCommandHeaders(string action)
    {
        var envelope = $$"""{"topic":"{{Cloud.Things}}twin/events/{{action}}","headers":{},"path":"/attributes/x","revision":3,"timestamp":"2026-03-01T09:16:02Z"}""";

        Assert.Equal(Verdict.Ok, Cloud.Judge(Cloud.Request(action, ""), envelope).Verdict);
    }

    [Fact]
    public void Judge_FailureOfAForeignFeature_MayBeInItsOwnWords()
    {
        var (topic, payload) = Answer(500, Foreign, "\"on fire\"");

        Assert.Equal(Verdict.Ok, Cloud.Judge(topic, payload).Verdict);
    }

    [Fact]
    public void Judge_OneWayCommandThatLeavesResponseRequiredOut_WantsNoAnswer()
    {
        var (_, payload) = With(_command, ",\"response-required\":true", "");

        Assert.Equal(Verdict.Ok, Cloud.Judge(Cloud.Request("stop", ""), payload).Verdict);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    public void Judge_Refusal_MayNameTheInbox(int status)
    {
        var (topic, payload) = Answer(status, Stop, Failure(status));

        Assert.DoesNotContain(Cloud.Judge(topic, payload).Findings, finding => finding.Rule == Rule.ResponsePath);
    }

    [Fact]
    public void Judge_InventoryWithIndexesAsKeys_HasNoKeysToCompare()
    {
        var (topic, payload) = Event(Inventory, Entry("0"));

        Assert.DoesNotContain(Cloud.Judge(topic, payload).Findings, finding => finding.Rule == Rule.DependencyKey);
    }

    [Fact]
    public void Judge_CommandToTheGatewayItself_HasNoDeviceToCompare()
    {
        var (_, payload) = _command;

        Assert.Equal(Verdict.Ok, Cloud.Judge("command///req/1/stop", payload).Verdict);
    }

    private static (string Topic, string Payload) Event(string path, string value) => (Cloud.EventTopic, Cloud.Modify(path, value));

    private static (string Topic, string Payload) Answer(int status, string path, string value, bool typed = true) =>
        (Cloud.Response(status), Response(path, status, value, typed));

    private static (string Topic, string Payload) With((string Topic, string Payload) message, string old, string @new) =>
        message with { Payload = message.Payload.Replace(old, @new) };

    private static string Request(string path) =>
        $$"""{"topic":"{{Cloud.Live}}stop","headers":{{{Correlation}},"response-required":true},"path":"{{path}}"}""";

    private static string Response(string path, int status, string? value = null, bool typed = true)
    {
        var headers = value is not null && typed ? $"{Correlation},{Type}" : Correlation;
        var tail = value is null ? "" : $",\"value\":{value}";
        return $$"""{"topic":"{{Cloud.Live}}stop","headers":{{{headers}}},"path":"{{path}}"{{tail}},"status":{{status}}}""";
    }

    private static string Failure(int status) => $$"""{"error":"messages:execution.failed","status":{{status}},"message":"m"}""";

    private static string State(string status) => Cloud.Modify(Cloud.Container + "/properties/status/state", $$"""{"status":"{{status}}","pid":7}""");

    private static string Software(string what, string key) =>
        $$"""{"softwareModuleType":"oci:container","{{what}}Dependencies":{{Entry(key)}}}""";

    private static string Entry(string key) => $$$"""{"{{{key}}}":{"group":"a","name":"n","version":"1"}}""";
}

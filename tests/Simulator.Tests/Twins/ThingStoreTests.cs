using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Twins;
using Microsoft.Extensions.Time.Testing;

namespace Leda.Harness.Simulator.Tests.Twins;

public sealed class ThingStoreTests
{
    private static readonly ThingId _id = ThingId.Parse("ns:thing");
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-03-01T09:15:26.502Z"));
    private readonly ThingStore _things;

    public ThingStoreTests() => _things = new ThingStore(_time, new IdSource(1), new PolicyStore(_time));

    [Fact]
    public void Modify_FirstReportThenNext_CreatesThenModifies()
    {
        Modify("/", """{"attributes":{"line":4}}""");

        var first = Modify("/features/lamp", """{"properties":{"on":false}}""");
        var second = Modify("/features/lamp", """{"properties":{"on":true}}""");

        Assert.Equal((201, "ns/thing/things/twin/events/created"), (first.Status, first.Event!.Topic));
        Assert.Equal((204, "ns/thing/things/twin/events/modified"), (second.Status, second.Event!.Topic));
        Assert.Equal([2, 3], new[] { first.Event.Revision!.Value, second.Event.Revision!.Value });
    }

    [Fact]
    public void Modify_WholeFeature_ForgetsWhatItDoesNotMention()
    {
        Modify("/", "{}");
        Modify("/features/lamp", """{"definition":["a:b:1"],"properties":{"on":false,"colour":"red"}}""");

        Modify("/features/lamp", """{"properties":{"on":true}}""");

        Assert.Equal("""{"properties":{"on":true}}""", _things.Find(_id)!.Feature("lamp")!.Value.GetRawText());
    }

    [Fact]
    public void Modify_WholeThing_ForgetsWhatItDoesNotMentionButThePolicy()
    {
        Modify("/", """{"policyId":"ns:p","definition":"a:b:1","attributes":{"a":1},"features":{"lamp":{}}}""");

        Modify("/", """{"attributes":{"b":2}}""");

        Assert.Equal(
            """{"thingId":"ns:thing","policyId":"ns:p","attributes":{"b":2}}""", _things.Find(_id)!.ToJson().GetRawText());
    }

    [Fact]
    public void Modify_Property_ChangesJustThat()
    {
        Modify("/", "{}");
        Modify("/features/lamp", """{"properties":{"status":{"on":false,"colour":"red"}}}""");

        var outcome = Modify("/features/lamp/properties/status/on", "true");

        Assert.Equal(204, outcome.Status);
        Assert.Equal("""{"properties":{"status":{"on":true,"colour":"red"}}}""", _things.Find(_id)!.Feature("lamp")!.Value.GetRawText());
    }

    [Fact]
    public void Modify_PropertyToNull_StoresNull()
    {
        Modify("/", "{}");
        Modify("/features/lamp", """{"properties":{"on":false}}""");

        Modify("/features/lamp/properties/on", "null");

        Assert.Equal("""{"properties":{"on":null}}""", _things.Find(_id)!.Feature("lamp")!.Value.GetRawText());
    }

    [Theory]
    [InlineData("/features/lamp", "/features/lamp", null)]
    [InlineData("/features/lamp/properties/on", "/features/lamp/properties/on", """{"properties":{}}""")]
    [InlineData("/features/lamp/properties", "/features/lamp/properties", "{}")]
    public void Delete_Part_RemovesJustThat(string path, string eventPath, string? left)
    {
        Modify("/", "{}");
        Modify("/features/lamp", """{"properties":{"on":false}}""");

        var outcome = Delete(path);

        Assert.Equal(204, outcome.Status);
        Assert.Equal("ns/thing/things/twin/events/deleted", outcome.Event!.Topic);
        Assert.Equal(eventPath, outcome.Event.Path);
        Assert.Null(outcome.Event.Value);
        Assert.Equal(left, _things.Find(_id)!.Feature("lamp")?.GetRawText());
    }

    [Fact]
    public void Create_AfterDelete_GoesOnCountingRevisions()
    {
        Modify("/", "{}");
        Delete("/");
        Assert.Null(_things.Find(_id));

        var again = Execute("create", "/", """{"attributes":{}}""");

        Assert.Equal(201, again.Status);
        Assert.Equal(3, again.Event!.Revision);
    }

    [Fact]
    public void Events_TellRevisionInstantAndCorrelation()
    {
        _time.Advance(TimeSpan.FromSeconds(1));

        var change = Modify("/", """{"policyId":"ns:p"}""").Event!;

        Assert.Equal("2026-03-01T09:15:27.502Z", change.Timestamp);
        Assert.Equal("c-1", change.Headers.CorrelationId);
        Assert.False(change.Headers.ResponseRequired);
        Assert.Equal("application/json", change.Headers.ContentType);
        Assert.Equal("""{"thingId":"ns:thing","policyId":"ns:p"}""", change.Value!.Value.GetRawText());
    }

    [Fact]
    public void Thing_ChangedLater_TellsBothInstants()
    {
        Modify("/", "{}");
        _time.Advance(TimeSpan.FromSeconds(1));
        Modify("/attributes", "{}");

        var thing = _things.Find(_id)!;
        Assert.Equal(TimeSpan.FromSeconds(1), thing.Modified - thing.Created);
    }

    [Theory]
    [InlineData("modify", "/features/lamp/properties/on", "true", 404, "things:feature.notfound")]
    [InlineData("delete", "/features/lamp", null, 404, "things:feature.notfound")]
    [InlineData("delete", "/attributes/x", null, 404, "things:attribute.notfound")]
    [InlineData("delete", "/attributes", null, 404, "things:attributes.notfound")]
    [InlineData("delete", "/definition", null, 404, "things:definition.notfound")]
    [InlineData("delete", "/features", null, 404, "things:features.notfound")]
    [InlineData("create", "/", "{}", 409, "things:thing.conflict")]
    [InlineData("modify", "/features/lamp", "7", 400, "json.invalid")]
    [InlineData("modify", "/features/lamp", null, 400, "json.invalid")]
    [InlineData("modify", "/features/lamp", """{"definition":[]}""", 400, "things:feature.definition.empty")]
    [InlineData("modify", "/features/lamp", """{"properties":7}""", 400, "json.invalid")]
    [InlineData("modify", "/features/lamp", """{"desiredProperties":7}""", 400, "json.invalid")]
    [InlineData("modify", "/features", """{"lamp":7}""", 400, "json.invalid")]
    [InlineData("modify", "/policyId", "7", 400, "json.invalid")]
    [InlineData("modify", "/definition", "7", 400, "json.invalid")]
    [InlineData("modify", "/", """{"features":{"lamp":7}}""", 400, "json.invalid")]
    [InlineData("modify", "/attributes", "[]", 400, "json.invalid")]
    [InlineData("modify", "/", """{"thingId":"other:thing"}""", 400, "things:id.notsettable")]
    [InlineData("create", "/attributes", "{}", 400, "protocoladapter:unknown.topicpath")]
    [InlineData("modify", "/attributes//x", "{}", 400, "json.pointer.invalid")]
    [InlineData("modify", "/nowhere", "1", 400, "protocoladapter:unknown.path")]
    [InlineData("merge", "/", "{}", 400, "things:merge.invalid")]
    public void Execute_WhatDittoRefuses_IsRefusedWithItsErrorAndWithoutARevision(
        string action, string path, string? value, int status, string error)
    {
        Modify("/", "{}");

        var outcome = Execute(action, path, value);

        Assert.Equal((status, error), (outcome.Status, outcome.Error!.Error));
        Assert.Null(outcome.Event);
        Assert.Equal(1, _things.Find(_id)!.Revision);
    }

    [Theory]
    [InlineData("delete", "/features/lamp/definition", null, 404, "things:feature.definition.notfound")]
    [InlineData("delete", "/features/lamp/properties", null, 404, "things:feature.properties.notfound")]
    [InlineData("delete", "/features/lamp/properties/on", null, 404, "things:feature.property.notfound")]
    [InlineData("delete", "/features/lamp/desiredProperties", null, 404, "things:feature.desiredProperties.notfound")]
    [InlineData("delete", "/features/lamp/desiredProperties/on", null, 404, "things:feature.desiredProperty.notfound")]
    [InlineData("modify", "/features/lamp/properties", "7", 400, "json.invalid")]
    [InlineData("modify", "/features/lamp/definition", "{}", 400, "json.invalid")]
    public void Execute_OnAnEmptyFeature_IsRefusedWithDittosError(string action, string path, string? value, int status, string error)
    {
        Modify("/", """{"features":{"lamp":{}}}""");

        var outcome = Execute(action, path, value);

        Assert.Equal((status, error), (outcome.Status, outcome.Error!.Error));
    }

    [Fact]
    public void Execute_OnAMissingThing_IsNotFound() =>
        Assert.Equal("things:thing.notfound", Modify("/features/lamp", "{}").Error!.Error);

    private TwinOutcome Modify(string path, string? value) => Execute("modify", path, value);

    private TwinOutcome Delete(string path) => Execute("delete", path, null);

    private TwinOutcome Execute(string action, string path, string? value)
    {
        var topic = TopicPath.TwinCommand(_id, action);
        var envelope = new Envelope
        {
            Topic = topic.ToString(),
            Headers = DittoHeaders.Of("c-1", false),
            Path = path,
            Value = value is null ? null : JsonText.Parse(value),
        };
        return TwinCommand.TryRead(topic, envelope, Caller.Harness, out var command, out var error)
            ? _things.Execute(command)
            : new TwinOutcome(error.Status, null, error);
    }
}

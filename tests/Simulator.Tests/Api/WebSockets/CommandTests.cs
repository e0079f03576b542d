using System.Text.Json;

namespace Leda.Harness.Simulator.Tests.Api.WebSockets;

public sealed class CommandTests
{
    [Fact]
    public async Task H04_Create_IsAnsweredWithTheThing()
    {
        await using var world = await SocketWorld.StartAsync();
        var client = await world.OpenAsync();

        await client.CommandAsync("create", "ns/t:with:colons", "/", """{"attributes":{"a":1}}""");
        var response = await client.EnvelopeAsync();

        Assert.Equal(("ns/t:with:colons/things/twin/commands/create", 201, "c-1"), (response.Topic(), response.Status(), response.Text("headers", "correlation-id")));
        Assert.Equal(("ns:t:with:colons", 1), (response.Text("value", "thingId"), response.At("value", "attributes", "a").GetInt32()));
        Assert.Equal(
            (JsonValueKind.False, "\"rev:1\"", 1, "test:u1", "application/json"),
            (response.At("headers", "response-required").ValueKind, response.Text("headers", "etag"), response.At("headers", "entity-revision").GetInt32(),
                response.Text("headers", "ditto-originator"), response.Text("headers", "content-type")));
    }

    [Fact]
    public async Task H04_ModifyOfAnAbsentThing_IsAnsweredAsCreate_AndOfAPresentOneAsModify()
    {
        await using var world = await SocketWorld.StartAsync();
        var client = await world.OpenAsync();

        await client.CommandAsync("modify", "ns/t", "/", "{}");
        await client.CommandAsync("modify", "ns/t", "/", "{}");
        await client.CommandAsync("merge", "ns/t", "/attributes", """{"a":1}""");
        await client.CommandAsync("delete", "ns/t", "/", null);

        var answers = new[] { await client.EnvelopeAsync(), await client.EnvelopeAsync(), await client.EnvelopeAsync(), await client.EnvelopeAsync() };
        Assert.Equal(
            [("create", 201), ("modify", 204), ("merge", 204), ("delete", 204)],
            answers.Select(a => (a.Topic().Split('/')[^1], a.Status())));
        Assert.Equal("application/merge-patch+json", answers[2].Text("headers", "content-type"));
        Assert.DoesNotContain(answers[1..], a => a.Has("value"));
    }

    [Fact]
    public async Task H04_Retrieve_GivesTheValue_AndOfSeveralThoseThatThereAre()
    {
        await using var world = await SocketWorld.StartAsync();
        world.Do("create", "ns:a", "/", """{"attributes":{"n":1,"m":2}}""");
        world.Do("create", "ns:b", "/", "{}");
        var client = await world.OpenAsync();

        await client.CommandAsync("retrieve", "ns/a", "/attributes/n", null);
        await client.SendAsync("""{"topic":"ns/a/things/twin/commands/retrieve","headers":{},"path":"/","fields":"attributes/m"}""");
        await client.CommandAsync("retrieve", "_/_", "/", """{"thingIds":["ns:b","ns:none","ns:a"]}""");

        Assert.Equal(1, (await client.EnvelopeAsync()).At("value").GetInt32());
        var fields = await client.EnvelopeAsync();
        Assert.Equal("""{"attributes":{"m":2}}""", fields.At("value").GetRawText());
        Assert.NotEmpty(fields.Text("headers", "correlation-id")!);
        var several = await client.EnvelopeAsync();
        Assert.Equal(("ns/_/things/twin/commands/retrieve", 200), (several.Topic(), several.Status()));
        Assert.Equal(["ns:b", "ns:a"], several.At("value").EnumerateArray().Select(t => t.Text("thingId")));
    }

    [Fact]
    public async Task H05_WithoutResponse_OnlyErrorsAreTold()
    {
        await using var world = await SocketWorld.StartAsync();
        var client = await world.OpenAsync();
        const string Silent = "\"correlation-id\":\"c-2\",\"response-required\":false";

        await client.CommandAsync("create", "ns/t", "/", "{}", Silent);
        await client.CommandAsync("retrieve", "ns/t", "/", null, Silent);
        await client.CommandAsync("modify", "ns/none", "/attributes/a", "1", Silent);

        var told = Assert.Single(await client.RestAsync());
        Assert.Equal(("ns/none/things/twin/errors", 404, "c-2", "things:thing.notfound"),
            (told.Topic(), told.Status(), told.Text("headers", "correlation-id"), told.Text("value", "error")));
    }

    [Fact]
    public async Task H06_ConsecutiveSlashes_AreAnError()
    {
        await using var world = await SocketWorld.StartAsync();
        var client = await world.OpenAsync();

        await client.CommandAsync("modify", "ns/t", "/features/f/properties/slash//es", "1");
        var error = await client.EnvelopeAsync();

        Assert.Equal((400, "json.pointer.invalid"), (error.Status(), error.Text("value", "error")));
        Assert.Contains("Consecutive slashes in JSON pointers are not supported.", error.Text("value", "description"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "unknown/unknown", "json.invalid")]
    [InlineData("START-SENDING", "unknown/unknown", "json.invalid")]
    [InlineData("[]", "unknown/unknown", "json.invalid")]
    [InlineData("""{"topic":"ns/t/things/twin/commands/modify"}""", "unknown/unknown", "json.field.missing")]
    [InlineData("""{"path":"/"}""", "unknown/unknown", "json.field.missing")]
    [InlineData("""{"topic":7,"path":"/"}""", "unknown/unknown", "json.invalid")]
    [InlineData("""{"topic":"ns/t/things/twin/commands/explode","path":"/"}""", "ns/t", "protocoladapter:unknown.topicpath")]
    [InlineData("""{"topic":"ns/t/things/both/commands/modify","path":"/"}""", "ns/t", "protocoladapter:unknown.topicpath")]
    [InlineData("""{"topic":"nonsense","path":"/"}""", "unknown/unknown", "protocoladapter:unknown.topicpath")]
    [InlineData("""{"topic":"_/_/things/twin/commands/delete","path":"/"}""", "_/_", "protocoladapter:unknown.topicpath")]
    [InlineData("""{"topic":"ns/t/things/twin/commands/modify","path":"/nowhere","value":1}""", "ns/t", "protocoladapter:unknown.path")]
    [InlineData("""{"topic":"ns/t/things/twin/commands/create","path":"/attributes","value":{}}""", "ns/t", "protocoladapter:unknown.topicpath")]
    [InlineData("""{"topic":"ns/t/things/twin/commands/modify","headers":{"response-required":"maybe"},"path":"/","value":{}}""", "ns/t", "header.invalid")]
    [InlineData("""{"topic":"ns/t/things/twin/commands/modify","headers":{"timeout":"soon"},"path":"/","value":{}}""", "ns/t", "gateway:timeout.invalid")]
    public async Task Garbage_IsAnsweredWithTheError_AndTheSocketGoesOn(string frame, string id, string error)
    {
        await using var world = await SocketWorld.StartAsync();
        var client = await world.OpenAsync();

        await client.SendAsync(frame);
        var told = await client.EnvelopeAsync();

        Assert.Equal(($"{id}/things/twin/errors", error, 400), (told.Topic(), told.Text("value", "error"), told.Status()));
        Assert.Equal((JsonValueKind.False, "/"), (told.At("headers", "response-required").ValueKind, told.Text("path")));
        Assert.NotEmpty(told.Text("headers", "correlation-id")!);
        Assert.Empty(await client.RestAsync());
    }
}

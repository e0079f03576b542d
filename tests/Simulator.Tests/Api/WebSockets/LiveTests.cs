using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Leda.Harness.Simulator.Tests.Api.WebSockets;

public sealed class LiveTests
{
    private const string Message = """{"topic":"ns/t/things/live/messages/set/speed","headers":{"correlation-id":"m-1","content-type":"application/json","version":2,"my-header":7},"path":"/features/motor/inbox/messages/set/speed","value":{"rpm":5}}""";

    [Theory]
    [InlineData("MESSAGES", "live/messages/ping", "/inbox/messages/ping", null)]
    [InlineData("LIVE-COMMANDS", "live/commands/modify", "/attributes/x", "1")]
    [InlineData("LIVE-EVENTS", "live/events/modified", "/attributes/x", "1")]
    public async Task H07_ExtraFields_GoWithEveryKindOfSignal(string what, string topic, string path, string? value)
    {
        await using var world = await SocketWorld.StartAsync();
        world.Do("create", "ns:t", "/", """{"attributes":{"counter":7}}""");
        var listener = await world.OpenAsync();
        await listener.StartAsync($"START-SEND-{what}?extraFields=attributes/counter&filter=like(resource:path,'{path[..4]}*')");
        var client = await world.OpenAsync();

        await client.SendAsync($$"""{"topic":"ns/t/things/{{topic}}","headers":{"response-required":false},"path":"{{path}}"{{(value is null ? "" : ",\"value\":" + value)}}}""");
        var told = await listener.EnvelopeAsync();

        Assert.Equal(($"ns/t/things/{topic}", path), (told.Topic(), told.Text("path")));
        Assert.Equal("""{"attributes":{"counter":7}}""", told.At("extra").GetRawText());
        Assert.Equal(1, world.Things.Find(Leda.Harness.Protocol.Ditto.ThingId.Parse("ns:t"))!.Revision);
    }

    [Fact]
    public async Task F01_MessageOverHttp_IsAnsweredByASocket()
    {
        await using var world = await SocketWorld.StartAsync();
        world.Do("create", "ns:t", "/", "{}");
        var device = await world.OpenAsync();
        await device.StartAsync("START-SEND-MESSAGES");

        var posted = world.Http().PostAsJsonAsync("things/ns:t/inbox/messages/ask?timeout=30", 42, TestContext.Current.CancellationToken);
        var asked = await device.EnvelopeAsync();
        await device.SendAsync($$"""{"topic":"ns/t/things/live/messages/ask","headers":{"correlation-id":"{{asked.Text("headers", "correlation-id")}}","content-type":"text/plain"},"path":"/inbox/messages/ask","value":"yes","status":418}""");
        using var response = await posted;

        Assert.Equal((418, "yes"), ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        Assert.Equal(42, asked.At("value").GetInt32());
    }

    [Fact]
    public async Task F10_MessageBetweenSockets_BringsBackTheAnswerWithItsHeaders()
    {
        await using var world = await SocketWorld.StartAsync();
        world.Do("create", "ns:t", "/", "{}");
        var device = await world.OpenAsync();
        await device.StartAsync("START-SEND-MESSAGES");
        var client = await world.OpenAsync();
        await client.StartAsync("START-SEND-MESSAGES");

        await client.SendAsync(Message);
        var asked = await device.EnvelopeAsync();
        await device.SendAsync("""{"topic":"ns/t/things/live/messages/set/speed","headers":{"correlation-id":"m-1","my-custom-header":"x"},"path":"/features/motor/outbox/messages/set/speed","value":1,"status":200}""");
        var answered = await client.EnvelopeAsync();

        var headers = asked.At("headers");
        Assert.Equal(("TO", "set/speed", "motor", "test:u1", "7"), (headers.Text("ditto-message-direction"), headers.Text("ditto-message-subject"),
            headers.Text("ditto-message-feature-id"), headers.Text("ditto-originator"), headers.Text("my-header")));
        Assert.False(headers.Has("version"));
        Assert.Equal((200, "m-1", "x"), (answered.Status(), answered.Text("headers", "correlation-id"), answered.Text("headers", "my-custom-header")));
        Assert.Empty(await client.RestAsync());
    }

    [Fact]
    public async Task F03_MessageThatNobodyAnswers_Is408()
    {
        await using var world = await SocketWorld.StartAsync();
        world.Do("create", "ns:t", "/", "{}");
        var client = await world.OpenAsync();

        await client.SendAsync(Message.Replace("\"my-header\":7", "\"timeout\":\"100ms\"", StringComparison.Ordinal));
        var error = await client.EnvelopeAsync();

        Assert.Equal(("ns/t/things/live/errors", 408, "command.timeout", "m-1"),
            (error.Topic(), error.Status(), error.Text("value", "error"), error.Text("headers", "correlation-id")));
    }

    [Theory]
    [InlineData("test:u1", "ns/none", "/inbox/messages/ping", "things:thing.notfound")]
    [InlineData("test:u2", "ns/t", "/inbox/messages/ping", "messages:send.notallowed")]
    [InlineData("test:u1", "ns/t", "/inbox/messages/pong", "protocoladapter:invalid.path")]
    [InlineData("test:u1", "ns/t", "/ping", "protocoladapter:unknown.path")]
    public async Task F07_MessageThatMayNotGoOut_IsAnError(string subject, string thing, string path, string error)
    {
        await using var world = await SocketWorld.StartAsync();
        world.Do("create", "ns:t", "/", "{}");
        var client = await world.OpenAsync(subject);

        await client.SendAsync($$"""{"topic":"{{thing}}/things/live/messages/ping","headers":{"correlation-id":"m-1"},"path":"{{path}}"}""");
        var told = await client.EnvelopeAsync();

        Assert.Equal(($"{thing}/things/live/errors", error, "m-1"), (told.Topic(), told.Text("value", "error"), told.Text("headers", "correlation-id")));
    }

    [Fact]
    public async Task F09_PayloadAboveTheLimit_Is413()
    {
        await using var world = await SocketWorld.StartAsync();
        world.Do("create", "ns:t", "/", "{}");
        var client = await world.OpenAsync();

        await client.SendAsync(Message.Replace("{\"rpm\":5}", $"\"{new string('x', 300_000)}\"", StringComparison.Ordinal));

        Assert.Equal("messages:payload.toolarge", (await client.EnvelopeAsync()).Text("value", "error"));
    }

    [Fact]
    public async Task G01_LiveCommandOverHttp_IsAnsweredByASocket_AndTheTwinStays()
    {
        await using var world = await SocketWorld.StartAsync();
        world.Do("create", "ns:t", "/", "{}");
        var device = await world.OpenAsync();
        await device.StartAsync("START-SEND-LIVE-COMMANDS");

        var put = world.Http().PutAsJsonAsync("things/ns:t/attributes/a?channel=live", 1, TestContext.Current.CancellationToken);
        var asked = await device.EnvelopeAsync();
        await AnswerAsync(device, asked, 204);
        using var response = await put;

        Assert.Equal((HttpStatusCode.NoContent, 1), (response.StatusCode, world.Things.Find(Leda.Harness.Protocol.Ditto.ThingId.Parse("ns:t"))!.Revision));
    }

    [Fact]
    public async Task G05_WrongStatus_IsToldToTheResponder()
    {
        await using var world = await SocketWorld.StartAsync();
        world.Do("create", "ns:t", "/", "{}");
        var device = await world.OpenAsync();
        await device.StartAsync("START-SEND-LIVE-COMMANDS");

        var put = world.Http().PutAsJsonAsync("things/ns:t/attributes/a?channel=live&timeout=500ms", 1, TestContext.Current.CancellationToken);
        await AnswerAsync(device, await device.EnvelopeAsync(), 206);
        var error = await device.EnvelopeAsync();
        using var response = await put;

        Assert.Equal(("ns/t/things/live/errors", 422, "protocoladapter:illegal.adaptable"), (error.Topic(), error.Status(), error.Text("value", "error")));
        Assert.Equal(HttpStatusCode.RequestTimeout, response.StatusCode);
    }

    [Fact]
    public async Task Messages_ThatMayNotBeRead_AreNotDelivered()
    {
        await using var world = await SocketWorld.StartAsync();
        world.Do("create", "ns:t", "/", "{}");
        var stranger = await world.OpenAsync("test:u2");
        await stranger.StartAsync("START-SEND-MESSAGES");
        var owner = await world.OpenAsync();
        await owner.StartAsync("START-SEND-MESSAGES");

        await (await world.OpenAsync()).SendAsync(Message);

        Assert.Equal("ns/t/things/live/messages/set/speed", (await owner.EnvelopeAsync()).Topic());
        Assert.Empty(await stranger.RestAsync());
    }

    private static Task AnswerAsync(SocketClient device, JsonElement asked, int status) => device.SendAsync(
        $$"""{"topic":"{{asked.Topic()}}","headers":{"correlation-id":"{{asked.Text("headers", "correlation-id")}}"},"path":"{{asked.Text("path")}}","status":{{status}}}""");
}

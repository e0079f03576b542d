using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Leda.Harness.Simulator.Tests.Api.Messages;

public sealed class MessageTests
{
    private const string Inbox = $"things/{LiveWorld.Thing}/inbox/messages";

    [Fact]
    public async Task F01_Answered200WithText_BodyAndContentTypeComeBack()
    {
        await using var world = await LiveWorld.StartAsync();
        world.Answer = request => LiveWorld.Reply(request, 200, "\"accepted\"", "text/plain");

        var response = await world.Http.PostAsync($"{Inbox}/s?timeout=30", LiveWorld.Json("""{"rpm":900}"""));

        Assert.Equal((HttpStatusCode.OK, "accepted"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.ToString());
        Assert.True(response.Headers.Contains("correlation-id"));
    }

    [Fact]
    public async Task F01_Delivered_HasTheHeadersOfTheReferenceAndTheClientsOwnButNoTransport()
    {
        await using var world = await LiveWorld.StartAsync();
        world.Answer = request => LiveWorld.Reply(request, 204);
        using var message = new HttpRequestMessage(HttpMethod.Post, $"things/{LiveWorld.Thing}/features/motor/inbox/messages/ask/more?timeout=10s");
        message.Content = LiveWorld.Json("""{"rpm":900}""");
        foreach (var (name, value) in new[] { ("correlation-id", "h-77"), ("X-Mine", "42"), ("X-Forwarded-For", "1.2.3.4"), ("ditto-originator", "nobody"), ("Accept-Encoding", "br") })
            message.Headers.Add(name, value);

        Assert.Equal(HttpStatusCode.NoContent, (await world.Http.SendAsync(message)).StatusCode);

        var delivered = await world.HeardAsync();
        Assert.Equal("ns/t/things/live/messages/ask/more", delivered.Topic);
        Assert.Equal("/features/motor/inbox/messages/ask/more", delivered.Path);
        var headers = string.Join(',', delivered.Headers.All.OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => $"{h.Key}={h.Value.GetRawText()}"));
        Assert.Equal(
            """
            channel="live",content-type="application/json",correlation-id="h-77",ditto-message-direction="TO",ditto-message-feature-id="motor",
            ditto-message-subject="ask/more",ditto-message-thing-id="ns:t",ditto-originator="nginx:ditto",requested-acks=["live-response"],
            response-required=true,timeout="10",x-mine="42"
            """.ReplaceLineEndings(""),
            headers);
    }

    [Fact]
    public async Task F02_TimeoutZero_202AtOnceAndDeliveredWithoutResponseRequired()
    {
        await using var world = await LiveWorld.StartAsync();

        var response = await world.Http.PostAsync($"{Inbox}/s?timeout=0", LiveWorld.Json("1"));

        Assert.Equal((HttpStatusCode.Accepted, ""), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        var delivered = await world.HeardAsync();
        Assert.False(delivered.Headers.ResponseRequired);
        Assert.Equal(0, delivered.Headers.Find("requested-acks")?.GetArrayLength());
    }

    [Fact]
    public async Task F02_ResponseNotRequired_202()
    {
        await using var world = await LiveWorld.StartAsync();

        Assert.Equal(HttpStatusCode.Accepted, (await world.Http.PostAsync($"{Inbox}/s?response-required=false", LiveWorld.Json("1"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await world.Http.PostAsync($"{Inbox}/s?response-required=true&timeout=0", LiveWorld.Json("1"))).StatusCode);
    }

    [Fact]
    public async Task F03_NobodyAnswers_408()
    {
        await using var world = await LiveWorld.StartAsync();

        await world.FailsAsync(await world.Http.PostAsync($"{Inbox}/s?timeout=100ms", LiveWorld.Json("1")), 408, "command.timeout");
    }

    [Fact]
    public async Task F03_NoTimeoutGiven_TheConfiguredOneHolds()
    {
        await using var world = await LiveWorld.StartAsync(new() { Port = 0, MessageTimeout = TimeSpan.FromMilliseconds(50) });

        await world.FailsAsync(await world.Http.PostAsync($"{Inbox}/s", LiveWorld.Json("1")), 408, "command.timeout");
        Assert.Equal("50ms", (await world.HeardAsync()).Headers.Timeout);
    }

    [Theory]
    [InlineData(400, 400)]
    [InlineData(418, 418)]
    [InlineData(443, 443)]
    [InlineData(502, 200)]
    public async Task F04_AnsweredWithAnyStatus_ItAndTheBodyComeBack(int answered, int expected)
    {
        await using var world = await LiveWorld.StartAsync();
        world.Answer = request => LiveWorld.Reply(request, answered, """{"why":"so"}""", "application/json");

        var response = await world.Http.PostAsync($"{Inbox}/s?timeout=30", LiveWorld.Json("1"));

        Assert.Equal((expected, """{"why":"so"}"""), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task F04_AnsweredWithoutContentType_BytesAsOctetStream()
    {
        await using var world = await LiveWorld.StartAsync();
        world.Answer = request => LiveWorld.Reply(request, 200, "\"/wA=\"");

        var response = await world.Http.PostAsync($"{Inbox}/s?timeout=30", null);

        Assert.Equal([0xFF, 0x00], await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("application/octet-stream", response.Content.Headers.ContentType?.ToString());
    }

    [Fact]
    public async Task F04_SecondAnswer_IsDroppedAndTold()
    {
        await using var world = await LiveWorld.StartAsync();
        var listener = new ErrorListener();
        world.Hub.Subscribe(listener);
        world.Answer = request =>
        {
            world.Live.Respond(LiveWorld.Reply(request, 200, "1", "application/json"));
            return LiveWorld.Reply(request, 200, "2", "application/json");
        };

        var response = await world.Http.PostAsync($"{Inbox}/s?timeout=30", LiveWorld.Json("1"));

        Assert.Equal("1", await response.Content.ReadAsStringAsync());
        Assert.Contains(listener.Errors, e => e.Contains("live:response.unawaited", StringComparison.Ordinal));
    }

    [Fact]
    public async Task F05_BinaryBodyOfACustomType_ArrivesAsBase64WithItsType()
    {
        await using var world = await LiveWorld.StartAsync();
        var body = new ByteArrayContent([0xFF, 0xFE, 0x00]);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/x-own");

        await world.Http.PostAsync($"{Inbox}/s?timeout=0", body);

        var delivered = await world.HeardAsync();
        Assert.Equal([0xFF, 0xFE, 0x00], delivered.Value!.Value.GetBytesFromBase64());
        Assert.Equal("application/x-own", delivered.Headers.ContentType);
    }

    [Fact]
    public async Task F05_Text_ArrivesAsString()
    {
        await using var world = await LiveWorld.StartAsync();

        await world.Http.PostAsync($"{Inbox}/s?timeout=0", new StringContent("grüße", Encoding.UTF8, "text/plain"));

        Assert.Equal("grüße", (await world.HeardAsync()).Value!.Value.GetString());
    }

    [Fact]
    public async Task F06_WithoutBody_TheEnvelopeHasNoValueAndNoContentType()
    {
        await using var world = await LiveWorld.StartAsync();

        await world.Http.PostAsync($"{Inbox}/s?timeout=0", null);

        var delivered = await world.HeardAsync();
        Assert.Null(delivered.Value);
        Assert.Null(delivered.Headers.ContentType);
    }

    [Theory]
    [InlineData("things/ns:none/inbox/messages/s", 404, "things:thing.notfound")]
    [InlineData("things/bad/inbox/messages/s", 400, "things:id.invalid")]
    [InlineData($"{Inbox}/", 400, "messages:subject.invalid")]
    [InlineData(Inbox, 400, "messages:subject.invalid")]
    public async Task F07_WrongAddress_IsRefused(string path, int status, string error)
    {
        await using var world = await LiveWorld.StartAsync();

        await world.FailsAsync(await world.Http.PostAsync(path, LiveWorld.Json("1")), status, error);
        Assert.False(world.HasHeard);
    }

    [Fact]
    public async Task F07_BodyIsNoJson_400()
    {
        await using var world = await LiveWorld.StartAsync();

        await world.FailsAsync(await world.Http.PostAsync($"{Inbox}/s", LiveWorld.Json("{")), 400, "json.invalid");
    }

    [Fact]
    public async Task F07_NoCredentials_401()
    {
        await using var world = await LiveWorld.StartAsync();
        world.Http.DefaultRequestHeaders.Authorization = null;

        await world.FailsAsync(await world.Http.PostAsync($"{Inbox}/s", LiveWorld.Json("1")), 401, "gateway:authentication.failed");
    }

    [Fact]
    public async Task F08_UnknownFeature_IsDelivered()
    {
        await using var world = await LiveWorld.StartAsync();

        var response = await world.Http.PostAsync($"things/{LiveWorld.Thing}/features/none/outbox/messages/s?timeout=0", LiveWorld.Json("1"));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("/features/none/outbox/messages/s", (await world.HeardAsync()).Path);
    }

    [Theory]
    [InlineData(250 * 1024, 202)]
    [InlineData((250 * 1024) + 1, 413)]
    [InlineData(2 << 20, 413)]
    public async Task F09_PayloadAtTheLimit_IsTakenOrRefused(int size, int expected)
    {
        await using var world = await LiveWorld.StartAsync();
        var body = new ByteArrayContent(new byte[size]);

        var response = await world.Http.PostAsync($"{Inbox}/s?timeout=0", body);

        Assert.Equal(expected, (int)response.StatusCode);
        if (expected == 413)
            await world.FailsAsync(response, 413, "messages:payload.toolarge");
    }

    [Fact]
    public async Task F11_Claim_IsAMessageOfTheThingAndAnswered()
    {
        await using var world = await LiveWorld.StartAsync();
        world.Answer = request => LiveWorld.Reply(request, 200, "\"yours\"", "text/plain");

        var response = await world.Http.PostAsync($"things/{LiveWorld.Thing}/inbox/claim", null);

        Assert.Equal("yours", await response.Content.ReadAsStringAsync());
        var delivered = await world.HeardAsync();
        Assert.Equal(("ns/t/things/live/messages/claim", "/inbox/messages/claim"), (delivered.Topic, delivered.Path));
    }

    [Fact]
    public async Task F11_ClaimNobodyAnswers_408AndWithTimeoutZero202()
    {
        await using var world = await LiveWorld.StartAsync();

        await world.FailsAsync(await world.Http.PostAsync($"things/{LiveWorld.Thing}/inbox/claim?timeout=50ms", null), 408, "command.timeout");
        Assert.Equal(HttpStatusCode.Accepted, (await world.Http.PostAsync($"things/{LiveWorld.Thing}/inbox/claim?timeout=0", null)).StatusCode);
    }

    [Theory]
    [InlineData("inbox/messages/s?timeout=61", 400)]
    [InlineData("inbox/messages/s?timeout=2m", 400)]
    [InlineData("inbox/messages/s?timeout=soon", 400)]
    [InlineData("inbox/messages/s?timeout=-1", 400)]
    [InlineData("inbox/claim?timeout=11m", 400)]
    [InlineData("inbox/claim?timeout=10m", 204)]
    [InlineData("inbox/messages/s?timeout=60", 204)]
    public async Task F12_TimeoutOutOfBounds_400(string path, int expected)
    {
        await using var world = await LiveWorld.StartAsync();
        world.Answer = request => LiveWorld.Reply(request, 204);

        var response = await world.Http.PostAsync($"things/{LiveWorld.Thing}/{path}", null);

        Assert.Equal(expected, (int)response.StatusCode);
        if (expected == 400)
            await world.FailsAsync(response, 400, "timeout.invalid");
    }

    [Theory]
    [InlineData("eq(attributes/kind,\"y\")", 412, "things:condition.failed")]
    [InlineData("eq(attributes", 400, "rql.expression.invalid")]
    public async Task D13_ConditionDoesNotHold_NothingIsDelivered(string condition, int status, string error)
    {
        await using var world = await LiveWorld.StartAsync();

        await world.FailsAsync(await world.Http.PostAsync($"{Inbox}/s?condition={Uri.EscapeDataString(condition)}", LiveWorld.Json("1")), status, error);
        Assert.False(world.HasHeard);
    }

    [Fact]
    public async Task D13_ConditionHolds_Delivered()
    {
        await using var world = await LiveWorld.StartAsync();

        var response = await world.Http.PostAsync($"{Inbox}/s?timeout=0&condition=eq(attributes/kind,\"x\")", LiveWorld.Json("1"));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(JsonValueKind.Number, (await world.HeardAsync()).Value!.Value.ValueKind);
    }
}

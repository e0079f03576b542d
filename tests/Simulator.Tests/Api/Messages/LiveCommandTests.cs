using System.Net;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Tests.Api.Messages;

public sealed class LiveCommandTests
{
    private const string Attribute = $"things/{LiveWorld.Thing}/attributes/a";

    [Fact]
    public async Task G01_PutAnswered204_204AndTheTwinStays()
    {
        await using var world = await LiveWorld.StartAsync();
        world.Answer = request => LiveWorld.Reply(request, 204);

        var response = await world.Http.PutAsync($"{Attribute}?channel=live&response-required=true", LiveWorld.Json("7"));

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        var delivered = await world.HeardAsync();
        Assert.Equal(("ns/t/things/live/commands/modify", "/attributes/a", "7"), (delivered.Topic, delivered.Path, delivered.Value?.GetRawText()));
        Assert.Equal("1", await world.Http.GetStringAsync(Attribute));
    }

    [Fact]
    public async Task G02_GetAnswered200_TheDevicesValue()
    {
        await using var world = await LiveWorld.StartAsync();
        world.Answer = request => LiveWorld.Reply(request, 200, """{"a":99}""", "application/json");

        var response = await world.Http.GetAsync($"things/{LiveWorld.Thing}/attributes?channel=live");

        Assert.Equal((HttpStatusCode.OK, """{"a":99}"""), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal("live", Assert.Single(response.Headers.GetValues("channel")));
    }

    [Theory]
    [InlineData("PUT", "modify")]
    [InlineData("DELETE", "delete")]
    public async Task G03_ResponseNotRequired_202AndDelivered(string method, string action)
    {
        await using var world = await LiveWorld.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), $"{Attribute}?channel=live&response-required=false");
        request.Content = method == "PUT" ? LiveWorld.Json("7") : null;

        Assert.Equal(HttpStatusCode.Accepted, (await world.Http.SendAsync(request)).StatusCode);

        var delivered = await world.HeardAsync();
        Assert.Equal(($"ns/t/things/live/commands/{action}", false), (delivered.Topic, delivered.Headers.ResponseRequired));
        Assert.Equal("1", await world.Http.GetStringAsync(Attribute));
    }

    [Fact]
    public async Task G04_AnsweredWithAnErrorEnvelope_ItsStatusAndError()
    {
        await using var world = await LiveWorld.StartAsync();
        var error = new DittoError(429, "things:thing.toomanymodifyingrequests", "Not so fast.");
        world.Answer = request => error.ToEnvelope(TopicPath.Parse("ns/t/things/live/errors"), request.Headers.CorrelationId);

        await world.FailsAsync(await world.Http.PutAsync($"{Attribute}?channel=live", LiveWorld.Json("7")), 429, error.Error);
    }

    [Theory]
    [InlineData("modify", "/attributes/a", 206)]
    [InlineData("modify", "/attributes/b", 204)]
    [InlineData("delete", "/attributes/a", 204)]
    public async Task G05_IllegalResponse_408AndTheResponderIsTold(string action, string path, int status)
    {
        await using var world = await LiveWorld.StartAsync();
        world.Answer = request => LiveWorld.Reply(request, status) with { Topic = $"ns/t/things/live/commands/{action}", Path = path };

        var response = await world.Http.PutAsync($"{Attribute}?channel=live&timeout=200ms", LiveWorld.Json("7"));

        await world.FailsAsync(response, 408, "command.timeout");
        Assert.Contains("Received no appropriate live response within the specified timeout.", await response.Content.ReadAsStringAsync());
        var told = Assert.Single(world.Told);
        Assert.Equal((422, "protocoladapter:illegal.adaptable"), (told?.Status, told?.Error));
    }

    [Fact]
    public async Task G06_Delivered_HasNoTransportHeaders()
    {
        await using var world = await LiveWorld.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"{Attribute}?channel=live&timeout=0");
        foreach (var (name, value) in new[] { ("X-Forwarded-Scheme", "https"), ("Accept-Encoding", "br"), ("my-own", "1") })
            request.Headers.Add(name, value);

        await world.Http.SendAsync(request);

        var names = (await world.HeardAsync()).Headers.All.Select(h => h.Key).ToList();
        Assert.DoesNotContain("x-forwarded-scheme", names);
        Assert.DoesNotContain("accept-encoding", names);
        Assert.DoesNotContain("authorization", names);
        Assert.Contains("my-own", names);
    }

    [Fact]
    public async Task G07_PostThing_405AndNothingDelivered()
    {
        await using var world = await LiveWorld.StartAsync();

        await world.FailsAsync(await world.Http.PostAsync("things?channel=live", LiveWorld.Json("{}")), 405, "things:thing.notcreatable");
        Assert.False(world.HasHeard);
    }

    [Fact]
    public async Task G08_ConditionHoldsAndTheDeviceIsSilent_TheTwinOr408ByStrategy()
    {
        await using var world = await LiveWorld.StartAsync();
        const string path = $"{Attribute}?timeout=100ms&live-channel-condition=eq(attributes/kind,\"x\")&live-channel-timeout-strategy=";

        var twin = await world.Http.GetAsync(path + "use-twin");
        var fail = await world.Http.GetAsync(path + "fail");

        Assert.Equal((HttpStatusCode.OK, "1"), (twin.StatusCode, await twin.Content.ReadAsStringAsync()));
        Assert.Equal(("twin", "true"), (Header(twin, "channel"), Header(twin, "live-channel-condition-matched")));
        await world.FailsAsync(fail, 408, "command.timeout");
        await world.HeardAsync();
    }

    [Fact]
    public async Task G08_ConditionHoldsAndTheDeviceAnswers_Live()
    {
        await using var world = await LiveWorld.StartAsync();
        world.Answer = request => LiveWorld.Reply(request, 200, "5");

        var live = await world.Http.GetAsync($"{Attribute}?live-channel-condition=exists(attributes/kind)");

        Assert.Equal("5", await live.Content.ReadAsStringAsync());
        Assert.Equal(("live", "true"), (Header(live, "channel"), Header(live, "live-channel-condition-matched")));
    }

    [Fact]
    public async Task G09_ConditionDoesNotHold_TheTwinAtOnce()
    {
        await using var world = await LiveWorld.StartAsync();

        var twin = await world.Http.GetAsync($"{Attribute}?live-channel-condition=eq(attributes/kind,\"y\")");

        Assert.Equal("1", await twin.Content.ReadAsStringAsync());
        Assert.Equal(("twin", "false"), (Header(twin, "channel"), Header(twin, "live-channel-condition-matched")));
        Assert.False(world.HasHeard);
    }

    [Fact]
    public async Task G10_ConditionWithAModify_405()
    {
        await using var world = await LiveWorld.StartAsync();

        await world.FailsAsync(
            await world.Http.PutAsync($"{Attribute}?live-channel-condition=exists(attributes/kind)", LiveWorld.Json("7")),
            405, "things:live.channelcondition.notallowed");
    }

    private static string Header(HttpResponseMessage response, string name) => Assert.Single(response.Headers.GetValues(name));
}

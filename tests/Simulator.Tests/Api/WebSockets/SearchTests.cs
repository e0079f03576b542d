using System.Text.Json;

namespace Leda.Harness.Simulator.Tests.Api.WebSockets;

public sealed class SearchTests
{
    [Fact]
    public async Task J16_Demand_IsInPages_AndTheLastOneCompletes()
    {
        await using var world = await SocketWorld.StartAsync();
        for (var n = 1; n <= 5; n++)
            world.Do("create", $"ns:t{n}", "/", $$"""{"attributes":{"n":{{n}} } }""");
        var client = await world.OpenAsync();

        await SendAsync(client, "subscribe", """{"filter":"gt(attributes/n,1)","options":"size(2),sort(-attributes/n)"}""", "attributes/n");
        var created = await client.EnvelopeAsync();
        Assert.Empty(await client.RestAsync());
        await SendAsync(client, "request", """{"subscriptionId":"0","demand":1}""");
        var first = Assert.Single(await client.RestAsync());
        await SendAsync(client, "request", """{"subscriptionId":"0","demand":5}""");
        var rest = await client.RestAsync();

        Assert.Equal(("_/_/things/twin/search/created", "0", "s-1"), (created.Topic(), created.Text("value", "subscriptionId"), created.Text("headers", "correlation-id")));
        Assert.Equal("""{"subscriptionId":"0","items":[{"attributes":{"n":5}},{"attributes":{"n":4}}]}""", first.At("value").GetRawText());
        Assert.Equal(["_/_/things/twin/search/next", "_/_/things/twin/search/complete"], rest.Select(e => e.Topic()));
        Assert.Equal(2, rest[0].At("value", "items").GetArrayLength());
    }

    [Fact]
    public async Task J16_NothingFound_IsCompleteAfterTheFirstRequest()
    {
        await using var world = await SocketWorld.StartAsync();
        world.Do("create", "ns:t", "/", "{}");
        var client = await world.OpenAsync("test:stranger");

        await SendAsync(client, "subscribe", "{}");
        await SendAsync(client, "request", """{"subscriptionId":"0","demand":3}""");

        Assert.Equal(["_/_/things/twin/search/created", "_/_/things/twin/search/complete"], (await client.RestAsync()).Select(e => e.Topic()));
    }

    [Fact]
    public async Task J16_Cancel_EndsSilently()
    {
        await using var world = await SocketWorld.StartAsync();
        var client = await world.OpenAsync();

        await SendAsync(client, "subscribe", "{}");
        await SendAsync(client, "cancel", """{"subscriptionId":"0"}""");
        Assert.Single(await client.RestAsync());
        await SendAsync(client, "request", """{"subscriptionId":"0","demand":1}""");

        AssertFailed(await client.EnvelopeAsync(), "thing-search:subscription.not.found");
    }

    [Fact]
    public async Task J16_DemandThatIsNotPositive_Fails()
    {
        await using var world = await SocketWorld.StartAsync();
        var client = await world.OpenAsync();

        await SendAsync(client, "subscribe", "{}");
        await client.EnvelopeAsync();
        await SendAsync(client, "request", """{"subscriptionId":"0","demand":0}""");

        AssertFailed(await client.EnvelopeAsync(), "thing-search:subscription.protocol.error");
    }

    [Theory]
    [InlineData("""{"filter":"eq("}""", "rql.expression.invalid")]
    [InlineData("""{"options":"limit(0,5)"}""", "thing-search:search.option.invalid")]
    [InlineData("""{"options":"size(201)"}""", "thing-search:search.option.invalid")]
    public async Task J16_SubscribeThatCannotBe_FailsOnTheFirstRequest(string value, string error)
    {
        await using var world = await SocketWorld.StartAsync();
        var client = await world.OpenAsync();

        await SendAsync(client, "subscribe", value);
        Assert.Equal("_/_/things/twin/search/created", Assert.Single(await client.RestAsync()).Topic());
        await SendAsync(client, "request", """{"subscriptionId":"0","demand":1}""");

        AssertFailed(await client.EnvelopeAsync(), error);
    }

    [Fact]
    public async Task J16_CommandThatCannotBeRead_IsAnErrorOfNoSearch()
    {
        await using var world = await SocketWorld.StartAsync();
        var client = await world.OpenAsync();

        await SendAsync(client, "subscribe", """{"filter":1}""");
        var told = await client.EnvelopeAsync();

        Assert.Equal(("_/_/things/twin/search/error", 400, "json.invalid"), (told.Topic(), told.Status(), told.Text("value", "error")));
    }

    private static void AssertFailed(JsonElement told, string error) =>
        Assert.Equal(("_/_/things/twin/search/failed", "0", error), (told.Topic(), told.Text("value", "subscriptionId"), told.Text("value", "error", "error")));

    private static Task SendAsync(SocketClient client, string action, string value, string? fields = null) => client.SendAsync(
        $$"""{"topic":"_/_/things/twin/search/{{action}}","headers":{"correlation-id":"s-1"},"path":"/"{{(fields is null ? "" : $",\"fields\":\"{fields}\"")}},"value":{{value}}}""");
}

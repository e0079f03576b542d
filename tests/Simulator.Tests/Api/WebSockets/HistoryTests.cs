using System.Text.Json;

namespace Leda.Harness.Simulator.Tests.Api.WebSockets;

public sealed class HistoryTests
{
    [Fact]
    public async Task H17_PersistedEvents_ComeOnDemand_AndComplete()
    {
        await using var world = await SocketWorld.StartAsync();
        MakeTen(world);
        var client = await world.OpenAsync();

        var id = await SubscribeAsync(client, """{"fromHistoricalRevision":5,"toHistoricalRevision":9,"filter":"ne(attributes/counter,12)"}""");
        await RequestAsync(client, id, 10);
        var told = await client.RestAsync();

        Assert.Equal([.. Enumerable.Repeat("ns/t/things/twin/streaming/next", 4), "ns/t/things/twin/streaming/complete"], told.Select(e => e.Topic()));
        Assert.Equal([8, 10, 14, 16], told[..4].Select(e => e.At("value", "item", "value").GetInt32()));
        var item = told[0].At("value", "item");
        Assert.Equal(("ns/t/things/twin/events/modified", "/attributes/counter", 5), (item.Topic(), item.Text("path"), item.At("revision").GetInt32()));
        Assert.NotEmpty(item.Text("timestamp")!);
        Assert.All(told, e => Assert.Equal((id, "s-1"), (e.Text("value", "subscriptionId"), e.Text("headers", "correlation-id"))));
    }

    [Fact]
    public async Task H17_Demand_IsInItems()
    {
        await using var world = await SocketWorld.StartAsync();
        MakeTen(world);
        var client = await world.OpenAsync();

        var id = await SubscribeAsync(client, "{}");
        Assert.Empty(await client.RestAsync());
        await RequestAsync(client, id, 3);
        var first = await client.RestAsync();
        await RequestAsync(client, id, 7);
        var rest = await client.RestAsync();

        Assert.Equal([1, 2, 3], first.Select(e => e.At("value", "item", "revision").GetInt32()));
        Assert.Equal("""{"thingId":"ns:t","policyId":"ns:t","attributes":{"counter":0}}""", first[0].At("value", "item", "value").GetRawText());
        Assert.Equal(8, rest.Count);
        Assert.Equal("ns/t/things/twin/streaming/complete", rest[^1].Topic());
    }

    [Fact]
    public async Task H17_EveryKindOfEvent_IsTold()
    {
        await using var world = await SocketWorld.StartAsync();
        world.Do("create", "ns:t", "/", """{"attributes":{"a":1}}""");
        world.Do("merge", "ns:t", "/", """{"attributes":{"a":null,"b":2}}""");
        world.Do("delete", "ns:t", "/attributes/b");
        world.Do("modify", "ns:t", "/", "{}");
        var client = await world.OpenAsync();

        var id = await SubscribeAsync(client, "{}");
        await RequestAsync(client, id, 9);
        var items = (await client.RestAsync()).SkipLast(1).Select(e => e.At("value", "item")).ToList();

        Assert.Equal(["created", "merged", "deleted", "modified"], items.Select(i => i.Topic().Split('/')[^1]));
        Assert.Equal("""{"attributes":{"a":null,"b":2}}""", items[1].At("value").GetRawText());
        Assert.False(items[2].TryGetProperty("value", out _));
        Assert.Equal("""{"thingId":"ns:t","policyId":"ns:t"}""", items[3].At("value").GetRawText());
    }

    [Fact]
    public async Task H18_IdOfAnotherSession_IsNotFound()
    {
        await using var world = await SocketWorld.StartAsync();
        MakeTen(world);
        var (mine, other) = (await world.OpenAsync(), await world.OpenAsync());
        var id = await SubscribeAsync(mine, "{}");

        await RequestAsync(other, id, 1);

        AssertFailed(await other.EnvelopeAsync(), id, "streaming.subscription.not.found");
        await RequestAsync(mine, id, 1);
        Assert.Equal("ns/t/things/twin/streaming/next", (await mine.EnvelopeAsync()).Topic());
    }

    [Fact]
    public async Task H18_WhoMayNotRead_GetsNothing()
    {
        await using var world = await SocketWorld.StartAsync();
        MakeTen(world);
        var client = await world.OpenAsync("test:stranger");

        var id = await SubscribeAsync(client, "{}");
        await RequestAsync(client, id, 1);

        AssertFailed(await client.EnvelopeAsync(), id, "things:thing.notfound");
    }

    [Fact]
    public async Task H18_DemandThatIsNotPositive_Fails()
    {
        await using var world = await SocketWorld.StartAsync();
        MakeTen(world);
        var client = await world.OpenAsync();

        var id = await SubscribeAsync(client, "{}");
        await RequestAsync(client, id, 0);

        AssertFailed(await client.EnvelopeAsync(), id, "streaming.subscription.protocol.error");
    }

    [Fact]
    public async Task H18_Cancel_EndsSilently()
    {
        await using var world = await SocketWorld.StartAsync();
        MakeTen(world);
        var client = await world.OpenAsync();

        var id = await SubscribeAsync(client, "{}");
        await SendAsync(client, "cancel", $$"""{"subscriptionId":"{{id}}"}""");
        Assert.Empty(await client.RestAsync());
        await RequestAsync(client, id, 1);

        AssertFailed(await client.EnvelopeAsync(), id, "streaming.subscription.not.found");
    }

    [Theory]
    [InlineData("subscribeForPersistedEvents", """{"filter":"eq("}""", "rql.expression.invalid")]
    [InlineData("subscribeForPersistedEvents", """{"fromHistoricalRevision":"x"}""", "json.invalid")]
    [InlineData("subscribeForPersistedEvents", """{"toHistoricalTimestamp":"x"}""", "json.invalid")]
    [InlineData("request", """{"demand":1}""", "json.field.missing")]
    [InlineData("hurry", "{}", "protocoladapter:unknown.command")]
    public async Task H18_CommandThatCannotBe_IsAnError(string action, string value, string error)
    {
        await using var world = await SocketWorld.StartAsync();
        var client = await world.OpenAsync();

        await SendAsync(client, action, value);
        var told = await client.EnvelopeAsync();

        Assert.Equal(("ns/t/things/twin/errors", 400, error), (told.Topic(), told.Status(), told.Text("value", "error")));
    }

    [Fact]
    public async Task L03_RetrieveCommand_IsOfThePast()
    {
        await using var world = await SocketWorld.StartAsync();
        MakeTen(world);
        var client = await world.OpenAsync();

        await client.CommandAsync("retrieve", "ns/t", "/attributes/counter", null, "\"correlation-id\":\"c\",\"at-historical-revision\":3");

        Assert.Equal(4, (await client.EnvelopeAsync()).At("value").GetInt32());
    }

    [Fact]
    public async Task L01_GetMetadata_IsAHeaderOfTheResponse()
    {
        await using var world = await SocketWorld.StartAsync();
        var client = await world.OpenAsync();

        await client.CommandAsync("create", "ns/t", "/", """{"attributes":{"a":1}}""", "\"put-metadata\":[{\"key\":\"attributes/a/unit\",\"value\":\"W\"}]");
        await client.EnvelopeAsync();
        await client.CommandAsync("retrieve", "ns/t", "/attributes", null, "\"get-metadata\":\"a\"");

        Assert.Equal("""{"a":{"unit":"W"}}""", (await client.EnvelopeAsync()).At("headers", "ditto-metadata").GetRawText());
    }

    private static void MakeTen(SocketWorld world)
    {
        world.Do("create", "ns:t", "/", """{"attributes":{"counter":0}}""");
        for (var n = 2; n <= 10; n++)
            world.Do("modify", "ns:t", "/attributes/counter", $"{2 * (n - 1)}");
    }

    private static async Task<string> SubscribeAsync(SocketClient client, string value)
    {
        await SendAsync(client, "subscribeForPersistedEvents", value);
        var created = await client.EnvelopeAsync();
        Assert.Equal("ns/t/things/twin/streaming/created", created.Topic());
        return created.Text("value", "subscriptionId")!;
    }

    private static Task RequestAsync(SocketClient client, string id, int demand) =>
        SendAsync(client, "request", $$"""{"subscriptionId":"{{id}}","demand":{{demand}}}""");

    private static void AssertFailed(JsonElement told, string id, string error) => Assert.Equal(
        ("ns/t/things/twin/streaming/failed", id, error), (told.Topic(), told.Text("value", "subscriptionId"), told.Text("value", "error", "error")));

    private static Task SendAsync(SocketClient client, string action, string value) => client.SendAsync(
        $$"""{"topic":"ns/t/things/twin/streaming/{{action}}","headers":{"correlation-id":"s-1"},"path":"/","value":{{value}}}""");
}

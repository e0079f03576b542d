using Leda.Harness.Simulator.Tests.Api.WebSockets;

namespace Leda.Harness.Simulator.Tests.Api;

/// <summary>The deepest thing that is kept can be read by every way that there is.</summary>
public sealed class DeepNestingTests
{
    private static readonly string _deepest = string.Concat(Enumerable.Repeat("{\"a\":", 61)) + "{}" + new string('}', 61);

    [Theory]
    [InlineData(80)]
    [InlineData(1_500)]
    public async Task PathOfManySegments_IsRefused(int count)
    {
        await using var api = await TestApi.StartAsync();
        var path = $"/things/ns:t/attributes{string.Concat(Enumerable.Repeat("/a", count))}";

        (await api.PutAsync("/things/ns:t", "{}")).Ok(201);
        Assert.InRange((await api.PutAsync(path, "1")).Status, 400, 499);
        Assert.InRange((await api.PatchAsync(path, "1")).Status, 400, 499);
        (await api.GetAsync("/things/ns:t")).Ok(200);
    }

    [Fact]
    public async Task DeepestThing_IsFound_AndItsPastStreamed_OverWebSocket()
    {
        await using var world = await SocketWorld.StartAsync();
        var client = await world.OpenAsync();
        Assert.Null(world.Do("create", "ns:t", "/", $$"""{"attributes":{{_deepest}}}""").Error);

        await client.SendAsync("""{"topic":"_/_/things/twin/search/subscribe","headers":{},"path":"/","value":{}}""");
        await client.SendAsync($$$"""{"topic":"_/_/things/twin/search/request","headers":{},"path":"/","value":{"subscriptionId":"{{{(await client.EnvelopeAsync()).Text("value", "subscriptionId")}}}","demand":1}}""");
        Assert.Contains(_deepest, await client.NextAsync(), StringComparison.Ordinal);
        await client.NextAsync();
        await client.SendAsync("""{"topic":"ns/t/things/twin/streaming/subscribeForPersistedEvents","headers":{},"path":"/","value":{}}""");
        await client.SendAsync($$$"""{"topic":"ns/t/things/twin/streaming/request","headers":{},"path":"/","value":{"subscriptionId":"{{{(await client.EnvelopeAsync()).Text("value", "subscriptionId")}}}","demand":1}}""");
        Assert.Contains(_deepest, await client.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeepestThing_IsAcknowledged_AndListed_AndStreamedWithContext()
    {
        await using var api = await TestApi.StartAsync();
        using var stream = await api.StreamAsync("/things?fields=attributes,_context");

        var made = await api.PutAsync("/things/ns:t?requested-acks=twin-persisted,search-persisted", $$"""{"attributes":{{_deepest}}}""");

        made.Ok(200);
        Assert.Contains(_deepest, (await api.GetAsync("/things")).Ok(200), StringComparison.Ordinal);
        Assert.Contains(_deepest, (await api.GetAsync("/search/things")).Ok(200), StringComparison.Ordinal);
    }
}

using System.Net.WebSockets;
using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Messages;
using Leda.Harness.Simulator.Policies;

namespace Leda.Harness.Simulator.Tests.Api.WebSockets;

public sealed class SubscriptionTests
{
    [Theory]
    [InlineData("EVENTS")]
    [InlineData("MESSAGES")]
    [InlineData("LIVE-COMMANDS")]
    [InlineData("LIVE-EVENTS")]
    [InlineData("POLICY-ANNOUNCEMENTS")]
    public async Task H01_StartAndStop_AreAcknowledged(string what)
    {
        await using var world = await SocketWorld.StartAsync();
        var client = await world.OpenAsync();

        await client.StartAsync($"STOP-SEND-{what}");
        await client.StartAsync($"START-SEND-{what}");
        await client.StartAsync($"START-SEND-{what}?filter=like(resource:path,'/features/X/*')");
        await client.StartAsync($"START-SEND-{what}?filter=like%28resource%3Apath%2C%27%2Ffeatures%2FX%2F*%27%29&namespaces=a,b");
        await client.StartAsync($"STOP-SEND-{what}");
    }

    [Fact]
    public async Task H01_Event_AfterTheAcknowledgement_IsDelivered_AndAfterStopNot()
    {
        await using var world = await SocketWorld.StartAsync();
        var client = await world.ListenAsync();

        world.Do("modify", "ns:t", "/", """{"attributes":{"a":1}}""");
        var created = await client.EnvelopeAsync();
        await client.StartAsync("STOP-SEND-EVENTS");
        world.Do("modify", "ns:t", "/attributes/a", "2");

        Assert.Equal(("ns/t/things/twin/events/created", 1), (created.Topic(), created.At("revision").GetInt32()));
        Assert.Empty(await client.RestAsync());
    }

    [Theory]
    [InlineData("filter=le(attributes/foo,42", "rql.expression.invalid")]
    [InlineData("extraFields=attributes(", "json.fieldselector.invalid")]
    public async Task H02_BrokenParameter_IsAnErrorWithoutAcknowledgement(string parameter, string error)
    {
        await using var world = await SocketWorld.StartAsync();
        var client = await world.OpenAsync();

        await client.SendAsync($"START-SEND-EVENTS?{parameter}&correlation-id=c-7");
        var refused = await client.EnvelopeAsync();

        Assert.Equal((400, error, "c-7"), (refused.Status(), refused.Text("value", "error"), refused.Text("headers", "correlation-id")));
        Assert.Equal("unknown/unknown/things/twin/errors", refused.Topic());
        Assert.Empty(await client.RestAsync());
    }

    [Fact]
    public async Task H03_OwnEvents_AreNotDelivered_ButToOthersOfTheSameUser()
    {
        await using var world = await SocketWorld.StartAsync();
        var own = await world.ListenAsync(subject: "test:u1");
        var other = await world.ListenAsync(subject: "test:u1");

        await own.CommandAsync("create", "ns/t", "/", "{}");

        Assert.Equal("ns/t/things/twin/commands/create", (await own.EnvelopeAsync()).Topic());
        var told = await other.EnvelopeAsync();
        Assert.Equal(("ns/t/things/twin/events/created", "test:u1"), (told.Topic(), told.Text("headers", "ditto-originator")));
        Assert.Empty(await own.RestAsync());
    }

    [Fact]
    public async Task H05_26CommandsBackToBack_TellEventsInOrderOfRevision()
    {
        await using var world = await SocketWorld.StartAsync();
        var client = await world.OpenAsync();
        var listener = await world.ListenAsync();

        await client.CommandAsync("create", "ns/t", "/", """{"attributes":{"n":0}}""", "\"response-required\":false");
        for (var n = 1; n <= 25; n++)
            await client.CommandAsync("modify", "ns/t", "/attributes/n", $"{n}", "\"response-required\":false");

        await listener.EnvelopeAsync();
        for (var n = 1; n <= 25; n++)
        {
            var told = await listener.EnvelopeAsync();
            Assert.Equal((n, n + 1), (told.At("value").GetInt32(), told.At("revision").GetInt32()));
        }

        Assert.Empty(await client.RestAsync());
    }

    [Fact]
    public async Task H07_ExtraFields_AreThoseAfterTheChange()
    {
        await using var world = await SocketWorld.StartAsync();
        world.Do("modify", "ns:t", "/", """{"attributes":{"counter":1,"other":true}}""");
        var client = await world.ListenAsync("?extraFields=attributes/counter");

        world.Do("modify", "ns:t", "/attributes/counter", "2");
        world.Do("modify", "ns:t", "/attributes/other", "false");

        foreach (var path in new[] { "/attributes/counter", "/attributes/other" })
        {
            var told = await client.EnvelopeAsync();
            Assert.Equal((path, """{"attributes":{"counter":2}}"""), (told.Text("path"), told.At("extra").GetRawText()));
        }
    }

    [Fact]
    public async Task H08_ExtraFieldsOfAllFeatures_AreOfThoseThatHaveThem()
    {
        await using var world = await SocketWorld.StartAsync();
        world.Do("modify", "ns:t", "/", """{"features":{"a":{"properties":{"counter":1}},"b":{"properties":{"x":1}}}}""");
        var client = await world.ListenAsync("?extraFields=features/*/properties/counter");

        world.Do("modify", "ns:t", "/features/b/properties/x", "2");

        Assert.Equal("""{"features":{"a":{"properties":{"counter":1}}}}""", (await client.EnvelopeAsync()).At("extra").GetRawText());
    }

    [Fact]
    public async Task H08_ExtraFieldsWithAPlaceholder_AreOfTheFeatureThatChanged()
    {
        await using var world = await SocketWorld.StartAsync();
        world.Do("modify", "ns:t", "/", """{"features":{"a":{"properties":{"y":1}},"b":{"properties":{"x":1,"y":2}}}}""");
        var client = await world.ListenAsync("?extraFields=features/{{ feature:id }}/properties/y");

        world.Do("modify", "ns:t", "/features/b/properties/x", "2");

        Assert.Equal("""{"features":{"b":{"properties":{"y":2}}}}""", (await client.EnvelopeAsync()).At("extra").GetRawText());
    }

    [Fact]
    public async Task H09_Filter_SeesTheChangeAndTheExtraFields()
    {
        await using var world = await SocketWorld.StartAsync();
        world.Do("modify", "ns:t", "/", """{"attributes":{"counter":41,"location":"kitchen"}}""");
        var client = await world.ListenAsync("""?extraFields=attributes/location&filter=and(eq(attributes/location,"kitchen"),eq(attributes/counter,42))""");
        var without = await world.ListenAsync("""?filter=and(eq(attributes/location,"kitchen"),eq(attributes/counter,42))""");

        world.Do("modify", "ns:t", "/attributes/counter", "42");
        world.Do("modify", "ns:t", "/attributes/counter", "43");

        Assert.Equal([42], (await client.RestAsync()).Select(e => e.At("value").GetInt32()));
        Assert.Empty(await without.RestAsync());
    }

    [Fact]
    public async Task H10_FilterByAction_LetsThroughModifiedAndMerged()
    {
        await using var world = await SocketWorld.StartAsync();
        var client = await world.ListenAsync("?filter=in(topic:action,'modified','merged')");

        world.Do("create", "ns:t", "/", """{"attributes":{"a":1}}""");
        world.Do("modify", "ns:t", "/attributes/a", "2");
        world.Do("merge", "ns:t", "/attributes/a", "3");
        world.Do("delete", "ns:t", "/");

        Assert.Equal(["ns/t/things/twin/events/modified", "ns/t/things/twin/events/merged"], (await client.RestAsync()).Select(e => e.Topic()));
    }

    [Fact]
    public async Task H11_Namespaces_LetThroughOnlyTheirThings()
    {
        await using var world = await SocketWorld.StartAsync();
        var client = await world.ListenAsync("?namespaces=a");

        world.Do("create", "a:t", "/", "{}");
        world.Do("create", "b:t", "/", "{}");

        Assert.Equal(["a/t/things/twin/events/created"], (await client.RestAsync()).Select(e => e.Topic()));
    }

    [Fact]
    public async Task H12_PartialRead_GetsExactlyTheReadablePart()
    {
        await using var world = await SocketWorld.StartAsync();
        Allow(world, """{"thing:/":{"grant":["READ","WRITE"],"revoke":[]},"policy:/":{"grant":["READ","WRITE"],"revoke":[]}}""",
            """{"thing:/attributes/public":{"grant":["READ"],"revoke":[]}}""");
        world.Do("create", "ns:t", "/", """{"policyId":"ns:p","attributes":{"public":1,"private":1}}""");
        var partly = await world.ListenAsync(subject: "test:u2");
        var owner = await world.ListenAsync(subject: "test:u1");
        var nobody = await world.ListenAsync(subject: "test:u3");

        world.Do("modify", "ns:t", "/attributes/private", "2");
        world.Do("modify", "ns:t", "/attributes/public", "2");
        world.Do("modify", "ns:t", "/attributes", """{"public":3,"private":3}""");

        var seen = await partly.RestAsync();
        Assert.Equal(["/attributes/public", "/attributes"], seen.Select(e => e.Text("path")));
        Assert.Equal("""{"public":3}""", seen[1].At("value").GetRawText());
        Assert.Equal(3, (await owner.RestAsync()).Count);
        Assert.Empty(await nobody.RestAsync());
    }

    [Fact]
    public async Task H13_RevokedFeature_TellsNothing()
    {
        await using var world = await SocketWorld.StartAsync();
        Allow(world, """{"thing:/":{"grant":["READ","WRITE"],"revoke":[]},"policy:/":{"grant":["READ","WRITE"],"revoke":[]}}""",
            """{"thing:/":{"grant":["READ"],"revoke":[]},"thing:/features/secret":{"grant":[],"revoke":["READ"]}}""");
        world.Do("create", "ns:t", "/", """{"policyId":"ns:p","features":{"secret":{},"open":{}}}""");
        var client = await world.ListenAsync("?extraFields=features", "test:u2");

        world.Do("modify", "ns:t", "/features/secret/properties", """{"x":1}""");
        world.Do("modify", "ns:t", "/features/open/properties", """{"x":1}""");

        var told = Assert.Single(await client.RestAsync());
        Assert.Equal(("/features/open/properties", """{"features":{"open":{"properties":{"x":1}}}}"""), (told.Text("path"), told.At("extra").GetRawText()));
    }

    [Fact]
    public async Task Handshake_WithoutCredentials_IsRefusedWith401()
    {
        await using var world = await SocketWorld.StartAsync();
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;

        await Assert.ThrowsAsync<WebSocketException>(() =>
            socket.ConnectAsync(new UriBuilder(world.Url) { Scheme = "ws", Path = "/ws/2" }.Uri, CancellationToken.None));

        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, socket.HttpStatusCode);
    }

    [Fact]
    public async Task LiveCommand_IsCut_ToWhatTheListenerMayRead()
    {
        await using var world = await SocketWorld.StartAsync();
        Allow(world, """{"thing:/":{"grant":["READ","WRITE"],"revoke":[]},"policy:/":{"grant":["READ","WRITE"],"revoke":[]}}""",
            """{"thing:/":{"grant":["READ"],"revoke":[]},"thing:/attributes/private":{"grant":[],"revoke":["READ"]}}""");
        world.Do("create", "ns:t", "/", """{"policyId":"ns:p"}""");
        var listener = await world.OpenAsync("test:u2");
        await listener.StartAsync("START-SEND-LIVE-COMMANDS");
        var client = await world.OpenAsync();

        await client.SendAsync("""{"topic":"ns/t/things/live/commands/modify","headers":{"response-required":false},"path":"/attributes","value":{"public":1,"private":2}}""");

        Assert.Equal("""{"public":1}""", (await listener.EnvelopeAsync()).At("value").GetRawText());
    }

    [Fact]
    public async Task AnswerToALiveRetrieve_IsCut_ToWhatTheAskerMayRead()
    {
        await using var world = await SocketWorld.StartAsync();
        Allow(world, """{"thing:/":{"grant":["READ","WRITE"],"revoke":[]},"policy:/":{"grant":["READ","WRITE"],"revoke":[]}}""",
            """{"thing:/":{"grant":["READ"],"revoke":[]},"thing:/attributes/private":{"grant":[],"revoke":["READ"]}}""");
        world.Do("create", "ns:t", "/", """{"policyId":"ns:p"}""");
        var device = await world.OpenAsync();
        await device.StartAsync("START-SEND-LIVE-COMMANDS");
        var asker = await world.OpenAsync("test:u2");

        await asker.SendAsync("""{"topic":"ns/t/things/live/commands/retrieve","headers":{"correlation-id":"r-1"},"path":"/attributes"}""");
        await device.EnvelopeAsync();
        await device.SendAsync("""{"topic":"ns/t/things/live/commands/retrieve","headers":{"correlation-id":"r-1"},"path":"/attributes","value":{"public":1,"private":2},"status":200}""");

        Assert.Equal("""{"public":1}""", (await asker.EnvelopeAsync()).At("value").GetRawText());
    }

    [Fact]
    public async Task SignalOfAThingWithoutATwin_IsNobodys()
    {
        await using var world = await SocketWorld.StartAsync();
        var listener = await world.OpenAsync();
        await listener.StartAsync("START-SEND-MESSAGES");

        await world.Live.SendAsync(new LiveSignal(
            TopicPath.LiveMessage(ThingId.Parse("ns:t"), "ask"), new Envelope { Topic = "ns/t/things/live/messages/ask", Path = "/outbox/messages/ask", Headers = DittoHeaders.Empty }));

        Assert.Empty(await listener.RestAsync());
    }

    private static void Allow(SocketWorld world, string ofOwner, string ofOther)
    {
        var policy = JsonElement.Parse($$$"""
            {"entries":{
              "owner":{"subjects":{"test:u1":{"type":"t"}},"resources":{{{ofOwner}}} },
              "other":{"subjects":{"test:u2":{"type":"t"}},"resources":{{{ofOther}}} } } }
            """);
        Assert.True(Policy.TryRead(ThingId.Parse("ns:p"), policy, "test:u1", out var read, out var error), error?.Message);
        Assert.Null(world.Policies.Create(read, Caller.Harness).Error);
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Leda.Harness.Simulator.Tests.Api.WebSockets;

public sealed class AckTests
{
    private const string Both = "\"correlation-id\":\"q-1\",\"requested-acks\":[\"twin-persisted\",\"erp:booked\"]";

    [Fact]
    public async Task H14_PersistedAndLabelOfAnotherSocket_AreAggregated()
    {
        await using var world = await SocketWorld.StartAsync();
        var erp = await world.ListenAsync("", "test:u1", "erp:booked");
        var client = await world.OpenAsync();

        await client.CommandAsync("create", "ns/t", "/", "{}", Both);
        var told = await erp.EnvelopeAsync();
        await AcknowledgeAsync(erp, "erp:booked", 200, ",\"value\":{\"doc\":4711}");
        var acks = await client.EnvelopeAsync();

        Assert.Equal("[\"erp:booked\"]", told.At("headers", "requested-acks").GetRawText());
        Assert.Equal(("ns/t/things/twin/acks", 200, "q-1", "/"), (acks.Topic(), acks.Status(), acks.Text("headers", "correlation-id"), acks.Text("path")));
        Assert.Equal((201, "ns:t"), (acks.At("value", "twin-persisted").Status(), acks.Text("value", "twin-persisted", "payload", "thingId")));
        Assert.Equal((200, 4711), (acks.At("value", "erp:booked").Status(), acks.At("value", "erp:booked", "payload", "doc").GetInt32()));
        Assert.Equal("q-1", acks.Text("value", "erp:booked", "headers", "correlation-id"));
    }

    [Theory]
    [InlineData(204, 204)]
    [InlineData(304, 304)]
    [InlineData(99, 408)]
    [InlineData(101, 408)]
    [InlineData(0, 408)]
    [InlineData(12345, 408)]
    public async Task AcknowledgementOfAnyStatus_IsAnAnswerOverHttp_OrRefused(int status, int expected)
    {
        await using var world = await SocketWorld.StartAsync();
        world.Do("create", "ns:t", "/", "{}");
        var erp = await world.ListenAsync("", "test:u1", "erp:booked");

        var putting = world.Http().PutAsJsonAsync(
            "things/ns:t/attributes/a?requested-acks=erp:booked&timeout=2s&correlation-id=q-1", 1, TestContext.Current.CancellationToken);
        await erp.EnvelopeAsync();
        await AcknowledgeAsync(erp, "erp:booked", status, ",\"value\":{\"doc\":4711}");
        using var answer = await putting;

        Assert.Equal(expected, (int)answer.StatusCode);
    }

    [Fact]
    public async Task H15_LabelThatNobodyGives_Is408InAggregated424()
    {
        await using var world = await SocketWorld.StartAsync();
        var client = await world.OpenAsync();

        await client.CommandAsync("create", "ns/t", "/", "{}", Both + ",\"timeout\":\"100ms\"");
        var acks = await client.EnvelopeAsync();

        Assert.Equal((424, 201, 408), (acks.Status(), acks.At("value", "twin-persisted").Status(), acks.At("value", "erp:booked").Status()));
        Assert.Equal("acknowledgement:request.timeout", acks.Text("value", "erp:booked", "payload", "error"));
    }

    [Theory]
    [InlineData("START-SEND-EVENTS?filter=eq(attributes/a,1)")]
    [InlineData("START-SEND-EVENTS?namespaces=other")]
    [InlineData("STOP-SEND-EVENTS")]
    public async Task H16_SubscriberWhoseFilterDropsTheEvent_GivesAWeakAcknowledgement(string control)
    {
        await using var world = await SocketWorld.StartAsync();
        var erp = await world.OpenAsync("test:u1", "erp:booked");
        await erp.StartAsync(control);
        var client = await world.OpenAsync();

        await client.CommandAsync("create", "ns/t", "/", "{}", Both);
        var acks = await client.EnvelopeAsync();

        Assert.Equal((200, 200), (acks.Status(), acks.At("value", "erp:booked").Status()));
        Assert.True(acks.At("value", "erp:booked", "headers", "ditto-weak-ack").GetBoolean());
    }

    [Fact]
    public async Task H16_SubscriberWhoMayNotRead_GivesAWeakAcknowledgement()
    {
        await using var world = await SocketWorld.StartAsync();
        var erp = await world.ListenAsync("", "test:stranger", "erp:booked");
        var client = await world.OpenAsync();

        await client.CommandAsync("create", "ns/t", "/", "{}", Both);

        Assert.Equal(200, (await client.EnvelopeAsync()).Status());
        Assert.Empty(await erp.RestAsync());
    }

    [Fact]
    public async Task Ack_WithALabelThatIsNotDeclared_IsRefused()
    {
        await using var world = await SocketWorld.StartAsync();
        var client = await world.OpenAsync();

        await AcknowledgeAsync(client, "erp:booked", 200);

        Assert.Equal("acknowledgement:label.not.declared", (await client.EnvelopeAsync()).Text("value", "error"));
    }

    [Fact]
    public async Task Ack_ThatNobodyWaitsFor_IsToldSo()
    {
        await using var world = await SocketWorld.StartAsync();
        var client = await world.OpenAsync("test:u1", "erp:booked");

        await AcknowledgeAsync(client, "erp:booked", 200);

        Assert.Equal((408, "q-1"), ((await client.EnvelopeAsync()) is var error ? (error.Status(), error.Text("headers", "correlation-id")) : default));
    }

    [Fact]
    public async Task Label_ThatAnotherSocketDeclared_ClosesThisOne_UntilTheOtherIsGone()
    {
        await using var world = await SocketWorld.StartAsync();
        var first = await world.OpenAsync("test:u1", "erp:booked");
        var second = await world.OpenAsync("test:u1", "other:label", "erp:booked");

        var error = await second.EnvelopeAsync();
        Assert.Equal((409, "acknowledgement:label.not.unique"), (error.Status(), error.Text("value", "error")));
        Assert.Null(await second.NextAsync());
        await first.Socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
        await (await world.OpenAsync("test:u1", "erp:booked", "other:label")).StartAsync("START-SEND-EVENTS");
    }

    [Fact]
    public async Task RequestedAcks_WithoutResponse_AreAnErrorOnASocket()
    {
        await using var world = await SocketWorld.StartAsync();
        var client = await world.OpenAsync();

        await client.CommandAsync("create", "ns/t", "/", "{}", Both + ",\"response-required\":false");

        Assert.Equal("header.invalid", (await client.EnvelopeAsync()).Text("value", "error"));
    }

    [Fact]
    public async Task I01_PersistedAlone_IsAnsweredAsWithout()
    {
        await using var world = await SocketWorld.StartAsync();

        var (status, body) = await PostAsync(world, "?requested-acks=twin-persisted");

        Assert.Equal((HttpStatusCode.Created, true), (status, body.Has("thingId")));
    }

    [Fact]
    public async Task I02_UnknownLabelAlone_Is408AfterTheTimeout()
    {
        await using var world = await SocketWorld.StartAsync();

        var (status, body) = await PostAsync(world, "?requested-acks=unknown&timeout=150ms");

        Assert.Equal((HttpStatusCode.RequestTimeout, 408), (status, body.Status()));
    }

    [Fact]
    public async Task I03_PersistedAndUnfulfilled_Is424WithBoth()
    {
        await using var world = await SocketWorld.StartAsync();

        var (status, body) = await PostAsync(world, "?requested-acks=twin-persisted,not-fulfilled&timeout=150ms");

        Assert.Equal(HttpStatusCode.FailedDependency, status);
        Assert.Equal(["twin-persisted", "not-fulfilled"], body.EnumerateObject().Select(m => m.Name));
        var (persisted, missing) = (body.At("twin-persisted"), body.At("not-fulfilled"));
        Assert.Equal(201, persisted.Status());
        Assert.EndsWith("/api/2/things/" + Uri.EscapeDataString(persisted.Text("payload", "thingId")!), persisted.Text("headers", "location"), StringComparison.Ordinal);
        Assert.Equal((408, 408, "acknowledgement:request.timeout"), (missing.Status(), missing.At("payload").Status(), missing.Text("payload", "error")));
        Assert.True(missing.Has("headers"));
    }

    [Fact]
    public async Task I04_TwoSockets_AcknowledgeWith200And204()
    {
        await using var world = await SocketWorld.StartAsync();
        world.Do("create", "ns:t", "/", "{}");
        var one = await world.ListenAsync("", "test:u1", "one");
        var two = await world.ListenAsync("", "test:u1", "two");
        using var request = new HttpRequestMessage(HttpMethod.Put, "things/ns:t?requested-acks=twin-persisted,one,two");
        request.Headers.Add("correlation-id", "q-1");
        request.Content = new StringContent("{}", Encoding.UTF8, "application/json");

        var sent = world.Http().SendAsync(request, TestContext.Current.CancellationToken);
        await one.EnvelopeAsync();
        await two.EnvelopeAsync();
        await AcknowledgeAsync(one, "one", 200, ",\"value\":\"done\"");
        await AcknowledgeAsync(two, "two", 204);
        using var response = await sent;
        var body = JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([("twin-persisted", 204), ("one", 200), ("two", 204)], body.EnumerateObject().Select(m => (m.Name, m.Value.Status())));
        Assert.Equal((true, false), (body.At("one").Has("payload"), body.At("two").Has("payload")));
    }

    [Theory]
    [InlineData("?response-required=false&requested-acks=twin-persisted")]
    [InlineData("?response-required=false&requested-acks=")]
    [InlineData("?requested-acks=")]
    [InlineData("?timeout=0")]
    public async Task I05_WithoutResponse_Is202(string query)
    {
        await using var world = await SocketWorld.StartAsync();

        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(world, query)).Status);
        Assert.Single(world.Things.All);
    }

    [Theory]
    [InlineData("?requested-acks=twin-persisted&timeout=0", "header.invalid")]
    [InlineData("?response-required=true&timeout=0", "header.invalid")]
    [InlineData("?requested-acks=no%20label", "acknowledgement:label.invalid")]
    [InlineData("?timeout=61", "gateway:timeout.invalid")]
    [InlineData("?timeout=-1", "gateway:timeout.invalid")]
    public async Task I06_WhatContradictsItself_Is400(string query, string error)
    {
        await using var world = await SocketWorld.StartAsync();

        var (status, body) = await PostAsync(world, query);

        Assert.Equal((HttpStatusCode.BadRequest, error), (status, body.Text("error")));
        Assert.Empty(world.Things.All);
    }

    [Fact]
    public async Task I07_SearchPersisted_IsThereAtOnce()
    {
        await using var world = await SocketWorld.StartAsync();

        var (status, body) = await PostAsync(world, "?requested-acks=twin-persisted,search-persisted");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal([("twin-persisted", 201), ("search-persisted", 204)], body.EnumerateObject().Select(m => (m.Name, m.Value.Status())));
    }

    [Fact]
    public async Task SameCorrelationId_WhileOneWaits_Is409()
    {
        await using var world = await SocketWorld.StartAsync();
        var erp = await world.ListenAsync("", "test:u1", "erp:booked");
        var client = await world.OpenAsync();

        await client.CommandAsync("create", "ns/t", "/", "{}", Both);
        await erp.EnvelopeAsync();
        await client.CommandAsync("modify", "ns/t", "/", "{}", Both);

        Assert.Equal((409, "acknowledgement:request.duplicate.correlation-id"), (await client.EnvelopeAsync()) is var e ? (e.Status(), e.Text("value", "error")) : default);
        await AcknowledgeAsync(erp, "erp:booked", 200);
        Assert.Equal(200, (await client.EnvelopeAsync()).Status());
    }

    private static Task AcknowledgeAsync(SocketClient client, string label, int status, string more = "") => client.SendAsync(
        $$"""{"topic":"ns/t/things/twin/acks/{{label}}","headers":{"correlation-id":"q-1"},"path":"/","status":{{status}}{{more}}}""");

    private static async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(SocketWorld world, string query)
    {
        using var response = await world.Http().PostAsync("things" + query, new StringContent("{}", Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (response.StatusCode, text.Length == 0 ? default : JsonElement.Parse(text));
    }
}

using System.Text;
using Leda.Harness.Protocol.Hono;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Simulator.Tests.Connector;

public sealed class CloudConnectorTests
{
    private const string Child = "ns:gw:dev:edge:containers";

    [Fact]
    public async Task Start_StatusFirstThenIdentity_BothFromTheConnectorClient()
    {
        await using var world = await ConnectorWorld.StartAsync();

        var status = await world.PublishedAsync(EdgeTopics.RemoteStatus);
        var identity = await world.PublishedAsync(EdgeTopics.ThingResponse, status.Sequence);

        Assert.Equal(("connector", true, QualityOfService.AtLeastOnce), (status.Who, status.Retain, status.Qos));
        Assert.Equal("""{"connected":true,"timestamp":1732357200}""", ConnectorWorld.Text(status));
        Assert.Equal(("connector", false, QualityOfService.AtMostOnce), (identity.Who, identity.Retain, identity.Qos));
        Assert.Equal("""{"deviceId":"ns:gw:dev","tenantId":"t1"}""", ConnectorWorld.Text(identity));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"topic":"","headers":null,"path":""}""")]
    public async Task Request_AnyPayload_IsAnswered(string payload)
    {
        await using var world = await ConnectorWorld.StartAsync();
        await world.Journal.SettleAsync();
        var mark = world.Journal.Next;

        await world.Device.PublishAsync(BusMessage.Of(EdgeTopics.ThingRequest, payload));

        Assert.Equal("connector", (await world.PublishedAsync(EdgeTopics.ThingResponse, mark)).Who);
    }

    [Fact]
    public async Task GoOffline_ThenOnline_TellsCauseAndAnnouncesAgain()
    {
        await using var world = await ConnectorWorld.StartAsync();

        await world.Connector.GoOfflineAsync();
        var down = await world.SeenAsync(e => e.Topic == EdgeTopics.RemoteStatus && ConnectorWorld.Text(e).Contains("false"));
        await world.Connector.GoOnlineAsync();
        var up = await world.PublishedAsync(EdgeTopics.RemoteStatus, down.Sequence + 1);

        Assert.Equal("""{"connected":false,"timestamp":1732357200,"cause":"CONNECTION_ERROR"}""", ConnectorWorld.Text(down));
        Assert.Contains(world.Journal.Snapshot(), e => e.Kind == JournalKind.Disconnect && e.Who == "cloud" && e.Sequence < down.Sequence);
        await world.PublishedAsync(EdgeTopics.ThingResponse, up.Sequence);
    }

    [Fact]
    public async Task Crash_LeavesTheWill_AndComesBack()
    {
        await using var world = await ConnectorWorld.StartAsync();

        await world.Connector.CrashAsync();
        var will = await world.SeenAsync(e => e.Topic == EdgeTopics.RemoteStatus && ConnectorWorld.Text(e).Contains("UNKNOWN"));
        await world.Connector.GoOnlineAsync();

        Assert.Equal("""{"connected":false,"cause":"CONNECTION_UNKNOWN"}""", ConnectorWorld.Text(will));
        await world.PublishedAsync(EdgeTopics.ThingResponse, will.Sequence);
    }

    [Fact]
    public async Task Crash_WillIsRetainedForWhoComesLater()
    {
        await using var world = await ConnectorWorld.StartAsync();

        await world.Connector.CrashAsync();

        var will = await world.SeenAsync(e => e.Topic == EdgeTopics.RemoteStatus && ConnectorWorld.Text(e).Contains("UNKNOWN"));
        Assert.Equal((true, QualityOfService.AtLeastOnce), (will.Retain, will.Qos));
    }

    [Fact]
    public async Task Dispose_WhileOnline_TellsThatItClosed()
    {
        var world = await ConnectorWorld.StartAsync();

        await world.DisposeAsync();

        var last = world.Journal.Snapshot().Last(e => e.Kind == JournalKind.Publish);
        Assert.Equal("""{"connected":false,"timestamp":1732357200,"cause":"CONNECTION_CLOSED"}""", ConnectorWorld.Text(last));
    }

    [Fact]
    public async Task LocalConnection_LostAndBackAlone_TakesTheWillBack()
    {
        await using var world = await ConnectorWorld.StartAsync();

        await world.Bus["connector"].AbortAsync();
        var will = await world.SeenAsync(e => e.Topic == EdgeTopics.RemoteStatus && ConnectorWorld.Text(e).Contains("UNKNOWN"));
        await world.Bus["connector"].ConnectAsync();

        var status = await world.PublishedAsync(EdgeTopics.RemoteStatus, will.Sequence + 1);
        Assert.Equal("""{"connected":true,"timestamp":1732357200}""", ConnectorWorld.Text(status));
        Assert.True(status.Retain);
    }

    [Fact]
    public async Task ChangeIdentity_WhileOffline_StaysOffline()
    {
        await using var world = await ConnectorWorld.StartAsync();
        await world.Connector.GoOfflineAsync();
        await world.Journal.SettleAsync();
        var mark = world.Journal.Next;

        await world.Connector.ChangeIdentityAsync(new GatewayIdentity("other:gw", "t2"));
        await world.Journal.SettleAsync();

        Assert.False(world.Connector.IsOnline);
        Assert.EndsWith(
            "\"PROVISIONING_UPDATE\"}", ConnectorWorld.Text(world.Journal.Snapshot(mark).Last(e => e.Kind == JournalKind.Publish)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GoOnline_WhileOnline_AnnouncesNothing()
    {
        await using var world = await ConnectorWorld.StartAsync();
        await world.Journal.SettleAsync();
        var mark = world.Journal.Next;

        using var net = new CancellationTokenSource(TimeSpan.FromSeconds(30), RealTime.Provider);
        await world.Connector.GoOnlineAsync(net.Token);
        await world.Journal.SettleAsync();

        Assert.Empty(world.Journal.Snapshot(mark));
    }

    [Fact]
    public async Task ChangeIdentity_WhileOnline_ClosesUpdatesAndAnnouncesTheNewIds()
    {
        await using var world = await ConnectorWorld.StartAsync();
        await world.Journal.SettleAsync();
        var mark = world.Journal.Next;

        await world.Connector.ChangeIdentityAsync(new GatewayIdentity("other:gw", "t2", "other:p"));
        await world.Journal.SettleAsync();

        var told = world.Journal.Snapshot(mark).Where(e => e.Kind == JournalKind.Publish).Select(ConnectorWorld.Text);
        Assert.Equal(
            [
                """{"connected":false,"timestamp":1732357200,"cause":"CONNECTION_CLOSED"}""",
                """{"connected":false,"timestamp":1732357200,"cause":"PROVISIONING_UPDATE"}""",
                """{"connected":true,"timestamp":1732357200}""",
                """{"deviceId":"other:gw","tenantId":"t2","policyId":"other:p"}""",
            ],
            told);
    }

    [Theory]
    [InlineData("e/t1/ns:gw:dev", "ns/gw:dev", "ns:gw:dev")]
    [InlineData("e", "ns/gw:dev", "ns:gw:dev")]
    [InlineData("event//ns:gw:dev:edge:containers", "ns/gw:dev:edge:containers", Child)]
    [InlineData("t/t1/ns:gw:dev:edge:containers", "ns/gw:dev:edge:containers", Child)]
    [InlineData("telemetry/", "ns/gw:dev", "ns:gw:dev")]
    [InlineData("e/foreign/ns:gw:dev", "ns/gw:dev:edge:containers", Child)]
    public async Task Uplink_EachTopicForm_ReachesTheTwin(string topic, string envelopeThing, string thing)
    {
        await using var world = await ConnectorWorld.StartAsync();

        await world.Device.PublishAsync(BusMessage.Of(
            topic, $$$"""{"topic":"{{{envelopeThing}}}/things/twin/commands/modify","headers":{},"path":"/features/x","value":{}}"""));

        await world.SeenAsync(e => e.Kind == JournalKind.TwinEvent && ConnectorWorld.Text(e).Contains("/features/x"));
        Assert.NotNull(world.Things.Find(Protocol.Ditto.ThingId.Parse(thing))?.Feature("x"));
    }

    [Fact]
    public async Task Uplink_QueuedWhileOffline_ArrivesInOrder()
    {
        await using var world = await ConnectorWorld.StartAsync();
        await world.Connector.GoOfflineAsync();
        for (var i = 1; i <= 20; i++)
        {
            await world.Device.PublishAsync(BusMessage.Of(
                "e", $$$"""{"topic":"ns/gw:dev/things/twin/commands/modify","headers":{},"path":"/attributes/n{{{i}}}","value":{{{i}}}}"""));
        }

        await world.Connector.GoOnlineAsync();

        var last = await world.SeenAsync(e => e.Kind == JournalKind.TwinEvent && ConnectorWorld.Text(e).Contains("/attributes/n20\""));
        Assert.Contains("\"revision\":21", ConnectorWorld.Text(last));
    }

    [Fact]
    public async Task SendCommand_ToAChild_GoesOutLongThenShort()
    {
        await using var world = await ConnectorWorld.StartAsync();

        Assert.True(await world.Connector.SendCommandAsync(DeviceTopic.Command(Child, "r1", "stop"), Command("c-1")));

        var first = await world.PublishedAsync($"command//{Child}/req/r1/stop");
        var second = await world.PublishedAsync($"c//{Child}/q/r1/stop", first.Sequence);
        Assert.Equal((QualityOfService.AtMostOnce, false), (first.Qos, first.Retain));
        Assert.Equal(ConnectorWorld.Text(first), ConnectorWorld.Text(second));
    }

    [Fact]
    public async Task SendCommand_ToTheGateway_LeavesTheDeviceOut()
    {
        await using var world = await ConnectorWorld.StartAsync();

        Assert.True(await world.Connector.SendCommandAsync(DeviceTopic.Command("ns:gw:dev", "r1", "stop"), Command("c-1")));

        await world.PublishedAsync("command///req/r1/stop");
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("""{"topic":"t","path":"p","headers":{"timeout":10}}""")]
    [InlineData("""{"topic":"t","path":"p","headers":{"correlation-id":7}}""")]
    public async Task SendCommand_WhatTheOriginalDrops_IsDropped(string payload)
    {
        await using var world = await ConnectorWorld.StartAsync();

        Assert.False(await world.Connector.SendCommandAsync(DeviceTopic.Command(Child, "r1", "stop"), Encoding.UTF8.GetBytes(payload)));
    }

    [Fact]
    public async Task SendCommand_WhileOffline_DoesNotGoOut()
    {
        await using var world = await ConnectorWorld.StartAsync();
        await world.Connector.GoOfflineAsync();

        Assert.False(await world.Connector.SendCommandAsync(DeviceTopic.Command(Child, "r1", "stop"), Command("c-1")));
    }

    [Theory]
    [InlineData($"command//{Child}/res/r1/204")]
    [InlineData($"c//{Child}/s/r1/204")]
    public async Task Response_FirstOfACommand_IsHandedOnOnce(string topic)
    {
        await using var world = await ConnectorWorld.StartAsync();
        await world.Connector.SendCommandAsync(DeviceTopic.Command(Child, "r1", "stop"), Command("c-1"));
        await world.Connector.SendCommandAsync(DeviceTopic.Command(Child, "r2", "stop"), Command("c-2"));

        await world.Device.PublishAsync(Response(topic, "unknown"));
        await world.Device.PublishAsync(Response(topic, "c-1"));
        await world.Device.PublishAsync(Response(topic, "c-1"));
        await world.Device.PublishAsync(Response(topic, "c-2"));

        Assert.Equal("c-1", (await world.Connector.Responses.ReadAsync()).Headers.CorrelationId);
        Assert.Equal("c-2", (await world.Connector.Responses.ReadAsync()).Headers.CorrelationId);
    }

    [Theory]
    [InlineData("10", 14, true)]
    [InlineData("10", 16, false)]
    [InlineData("0", 0, false)]
    public async Task Response_AfterTimeoutAndGrace_IsDropped(string timeout, int secondsLater, bool arrives)
    {
        await using var world = await ConnectorWorld.StartAsync();
        await world.Connector.SendCommandAsync(DeviceTopic.Command(Child, "r1", "stop"), Command("c-1", timeout));
        await world.Connector.SendCommandAsync(DeviceTopic.Command(Child, "r2", "stop"), Command("c-2", "59m"));
        world.Time.Advance(TimeSpan.FromSeconds(secondsLater));

        await world.Device.PublishAsync(Response($"command//{Child}/res/r1/204", "c-1"));
        await world.Device.PublishAsync(Response($"command//{Child}/res/r2/204", "c-2"));

        Assert.Equal(arrives ? "c-1" : "c-2", (await world.Connector.Responses.ReadAsync()).Headers.CorrelationId);
    }

    [Fact]
    public async Task Response_CommandSentAgainWithMoreTime_IsAwaitedThatLong()
    {
        await using var world = await ConnectorWorld.StartAsync();
        await world.Connector.SendCommandAsync(DeviceTopic.Command(Child, "r1", "stop"), Command("c-1", "10"));
        await world.Connector.SendCommandAsync(DeviceTopic.Command(Child, "r2", "stop"), Command("c-1", "59m"));
        await world.Connector.SendCommandAsync(DeviceTopic.Command(Child, "r3", "stop"), Command("c-2", "59m"));
        world.Time.Advance(TimeSpan.FromSeconds(16));

        await world.Device.PublishAsync(Response($"command//{Child}/res/r2/204", "c-1"));
        await world.Device.PublishAsync(Response($"command//{Child}/res/r3/204", "c-2"));

        Assert.Equal("c-1", (await world.Connector.Responses.ReadAsync()).Headers.CorrelationId);
    }

    private static byte[] Command(string correlationId, string? timeout = null) => Encoding.UTF8.GetBytes(
        $$"""{"topic":"ns/gw:dev:edge:containers/things/live/messages/stop","headers":{"correlation-id":"{{correlationId}}"{{(timeout is null ? "" : $",\"timeout\":\"{timeout}\"")}}},"path":"/features/x/inbox/messages/stop"}""");

    private static BusMessage Response(string topic, string correlationId) => BusMessage.Of(
        topic,
        $$"""{"topic":"ns/gw:dev:edge:containers/things/live/messages/stop","headers":{"correlation-id":"{{correlationId}}"},"path":"/features/x/outbox/messages/stop","status":204}""");
}

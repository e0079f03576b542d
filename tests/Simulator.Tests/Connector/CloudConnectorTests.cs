using System.Text;
using Leda.Harness.Protocol.Hono;
using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Simulator.Tests.Connector;

public sealed class CloudConnectorTests
{
    private const string Child = ConnectorMessages.Child;
    private static readonly TimeSpan _net = TimeSpan.FromSeconds(30);

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

    public static TheoryData<string, string> TooDeep { get; } = new()
    {
        { string.Concat(Enumerable.Repeat("/a", 100)), "1" },
        { string.Concat(Enumerable.Repeat("/a", 2_000)), "1" },
        { "/a/b", new string('[', 62) + new string(']', 62) },
    };

    [Theory]
    [MemberData(nameof(TooDeep))]
    public async Task Uplink_DeeperThanATwinCanBe_IsRefusedAndTheNextMessageWorks(string below, string value)
    {
        await using var world = await ConnectorWorld.StartAsync();

        await world.Device.PublishAsync(ConnectorMessages.Modify($"/attributes{below}", value));
        await world.Device.PublishAsync(ConnectorMessages.Modify("/attributes/good", "1"));

        await world.SeenAsync(e => e.Kind == JournalKind.TwinError && ConnectorWorld.Text(e).Contains("json.invalid"));
        await world.SeenAsync(e => e.Kind == JournalKind.TwinEvent && ConnectorWorld.Text(e).Contains("/attributes/good"));
    }

    [Fact]
    public async Task Uplink_QueuedWhileOffline_ArrivesInOrder()
    {
        await using var world = await ConnectorWorld.StartAsync();
        await world.Connector.GoOfflineAsync();
        for (var i = 1; i <= 20; i++)
            await world.Device.PublishAsync(ConnectorMessages.Modify($"/attributes/n{i}", $"{i}"));

        await world.Connector.GoOnlineAsync();

        var last = await world.SeenAsync(e => e.Kind == JournalKind.TwinEvent && ConnectorWorld.Text(e).Contains("/attributes/n20\""));
        Assert.Contains("\"revision\":21", ConnectorWorld.Text(last));
    }

    [Fact]
    public async Task SendCommand_ToAChild_GoesOutLongThenShort()
    {
        await using var world = await ConnectorWorld.StartAsync();

        Assert.True(await world.Connector.SendCommandAsync(DeviceTopic.Command(Child, "r1", "stop"), ConnectorMessages.Command("c-1")));

        var first = await world.PublishedAsync($"command//{Child}/req/r1/stop");
        var second = await world.PublishedAsync($"c//{Child}/q/r1/stop", first.Sequence);
        Assert.Equal((QualityOfService.AtMostOnce, false), (first.Qos, first.Retain));
        Assert.Equal(ConnectorWorld.Text(first), ConnectorWorld.Text(second));
    }

    [Fact]
    public async Task SendCommand_ToTheGateway_LeavesTheDeviceOut()
    {
        await using var world = await ConnectorWorld.StartAsync();

        Assert.True(await world.Connector.SendCommandAsync(DeviceTopic.Command("ns:gw:dev", "r1", "stop"), ConnectorMessages.Command("c-1")));

        var first = await world.PublishedAsync("command///req/r1/stop");
        await world.PublishedAsync("c///q/r1/stop", first.Sequence);
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

        Assert.False(await world.Connector.SendCommandAsync(DeviceTopic.Command(Child, "r1", "stop"), ConnectorMessages.Command("c-1")));
    }

    [Theory]
    [InlineData($"command//{Child}/res/r1/204")]
    [InlineData($"c//{Child}/s/r1/204")]
    public async Task Response_FirstOfACommand_IsHandedOnOnce(string topic)
    {
        await using var world = await ConnectorWorld.StartAsync();
        await world.Connector.SendCommandAsync(DeviceTopic.Command(Child, "r1", "stop"), ConnectorMessages.Command("c-1"));
        await world.Connector.SendCommandAsync(DeviceTopic.Command(Child, "r2", "stop"), ConnectorMessages.Command("c-2"));

        await world.Device.PublishAsync(ConnectorMessages.Response(topic, "unknown"));
        await world.Device.PublishAsync(ConnectorMessages.Response(topic, "c-1"));
        await world.Device.PublishAsync(ConnectorMessages.Response(topic, "c-1"));
        await world.Device.PublishAsync(ConnectorMessages.Response(topic, "c-2"));

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
        await world.Connector.SendCommandAsync(DeviceTopic.Command(Child, "r1", "stop"), ConnectorMessages.Command("c-1", timeout));
        await world.Connector.SendCommandAsync(DeviceTopic.Command(Child, "r2", "stop"), ConnectorMessages.Command("c-2", "59m"));
        world.Time.Advance(TimeSpan.FromSeconds(secondsLater));

        await world.Device.PublishAsync(ConnectorMessages.Response($"command//{Child}/res/r1/204", "c-1"));
        await world.Device.PublishAsync(ConnectorMessages.Response($"command//{Child}/res/r2/204", "c-2"));

        Assert.Equal(arrives ? "c-1" : "c-2", (await world.Connector.Responses.ReadAsync()).Headers.CorrelationId);
    }

    [Fact]
    public async Task Dispose_NobodyReadsTheResponses_Ends()
    {
        var world = await ConnectorWorld.StartAsync();
        for (var i = 0; i < 1_010; i++)
        {
            await world.Connector.SendCommandAsync(DeviceTopic.Command(Child, $"r{i}", "stop"), ConnectorMessages.Command($"c-{i}"));
            await world.Device.PublishAsync(ConnectorMessages.Response($"command//{Child}/res/r{i}/204", $"c-{i}"));
        }

        await world.DisposeAsync().AsTask().WaitAsync(_net, RealTime.Provider);
    }

    [Fact]
    public async Task Response_CommandSentAgainWithMoreTime_IsAwaitedThatLong()
    {
        await using var world = await ConnectorWorld.StartAsync();
        await world.Connector.SendCommandAsync(DeviceTopic.Command(Child, "r1", "stop"), ConnectorMessages.Command("c-1", "10"));
        await world.Connector.SendCommandAsync(DeviceTopic.Command(Child, "r2", "stop"), ConnectorMessages.Command("c-1", "59m"));
        await world.Connector.SendCommandAsync(DeviceTopic.Command(Child, "r3", "stop"), ConnectorMessages.Command("c-2", "59m"));
        world.Time.Advance(TimeSpan.FromSeconds(16));

        await world.Device.PublishAsync(ConnectorMessages.Response($"command//{Child}/res/r2/204", "c-1"));
        await world.Device.PublishAsync(ConnectorMessages.Response($"command//{Child}/res/r3/204", "c-2"));

        Assert.Equal("c-1", (await world.Connector.Responses.ReadAsync()).Headers.CorrelationId);
    }
}

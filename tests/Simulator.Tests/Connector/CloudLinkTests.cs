using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Hono;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Simulator.Broker;
using Leda.Harness.Simulator.Connector;
using Leda.Harness.Simulator.Journal;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Signals;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Tests.Connector;

public sealed class CloudLinkTests
{
    private const string Child = ConnectorMessages.Child;
    private static readonly TimeSpan _net = TimeSpan.FromSeconds(30);

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
    [InlineData("e/#", QualityOfService.AtLeastOnce)]
    [InlineData("command//+/res/#", QualityOfService.AtLeastOnce)]
    [InlineData(EdgeTopics.ThingRequest, QualityOfService.AtMostOnce)]
    public async Task Start_Subscriptions_AskForTheQosOfTheOriginal(string filter, QualityOfService qos)
    {
        await using var world = await ConnectorWorld.StartAsync();

        Assert.Equal(qos, (await world.SeenAsync(e => e.Kind == JournalKind.Subscribe && e.Topic == filter)).Qos);
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

    [Theory]
    [InlineData("cloud", "connector")]
    [InlineData("connector", "cloud")]
    public async Task Loss_OfBothConnections_EndsWithStatusAndIdentity_WhicheverComesBackFirst(string first, string second)
    {
        await using var world = await ConnectorWorld.StartAsync();
        await world.Bus["cloud"].AbortAsync();
        await world.Bus["connector"].AbortAsync();
        var will = await world.SeenAsync(e => e.Topic == EdgeTopics.RemoteStatus && ConnectorWorld.Text(e).Contains("UNKNOWN"));

        await world.Bus[first].ConnectAsync();
        await world.SeenAsync(e => e.Topic == (first == "cloud" ? EdgeTopics.ThingRequest : EdgeTopics.RemoteStatus), will.Sequence + 1);
        await world.Bus[second].ConnectAsync();

        var up = await world.SeenAsync(e => e.Topic == EdgeTopics.RemoteStatus && ConnectorWorld.Text(e).Contains("true"), will.Sequence);
        await world.PublishedAsync(EdgeTopics.ThingResponse, up.Sequence);
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

    [Fact]
    public async Task GoOffline_WhileTheLostConnectionComesBack_StaysOffline()
    {
        var gate = new Gate();
        var bus = new ConnectorWorld.Buses(new InMemoryBroker(gate));
        var twins = new TwinFeed(new ThingStore(RealTime.Provider, new IdSource(1), new PolicyStore(RealTime.Provider)), new SignalHub());
        await using var connector = await CloudConnector.StartAsync(
            new ConnectorOptions { Identity = ConnectorWorld.Identity }, bus, twins, RealTime.Provider);
        gate.Close();
        await bus["cloud"].AbortAsync();
        await bus["cloud"].ConnectAsync();
        await gate.Reached;
        var leaving = connector.GoOfflineAsync();
        gate.Open();
        await leaving;

        await connector.GoOnlineAsync().WaitAsync(_net, RealTime.Provider);

        Assert.True(await connector.SendCommandAsync(DeviceTopic.Command(Child, "r1", "stop"), ConnectorMessages.Command("c-1")));
    }

    [Fact]
    public async Task Dispose_WhileItWaitsForABrokerThatIsGone_Ends()
    {
        var broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { Port = 0 }, RealTime.Provider);
        var twins = new TwinFeed(new ThingStore(RealTime.Provider, new IdSource(1), new PolicyStore(RealTime.Provider)), new SignalHub());
        var connector = await CloudConnector.StartAsync(
            new ConnectorOptions { Identity = ConnectorWorld.Identity }, new MqttBusFactory(broker.Url, RealTime.Provider), twins, RealTime.Provider);
        await connector.GoOfflineAsync();
        await broker.DisposeAsync();
        var comingBack = connector.GoOnlineAsync();

        await connector.DisposeAsync().AsTask().WaitAsync(_net, RealTime.Provider);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => comingBack);
    }

    [Fact]
    public async Task Defect_OfTheTwins_ComesOutOfTheNextSwitchAndOfTheEnd()
    {
        var bus = new InMemoryBroker();
        var twins = new TwinFeed(
            new ThingStore(RealTime.Provider, new IdSource(1), new PolicyStore(RealTime.Provider), _ => throw new InvalidOperationException("defect")), new SignalHub());
        var connector = await CloudConnector.StartAsync(
            new ConnectorOptions { Identity = ConnectorWorld.Identity }, bus, twins, RealTime.Provider);
        await using var device = bus.Create(new BusOptions { ClientId = "device" });
        await device.ConnectAsync();
        await device.PublishAsync(ConnectorMessages.Modify("/attributes/a", "1"));
        await connector.GoOfflineAsync();

        var switching = await Assert.ThrowsAsync<InvalidOperationException>(() => connector.GoOnlineAsync().WaitAsync(_net, RealTime.Provider));
        var end = await Assert.ThrowsAsync<InvalidOperationException>(() => connector.DisposeAsync().AsTask().WaitAsync(_net, RealTime.Provider));
        Assert.Equal(("defect", "defect"), (switching.Message, end.Message));
        Assert.False(await connector.Responses.WaitToReadAsync());
    }

    /// <summary>Holds the last of the cloud connection's subscriptions while it is closed.</summary>
    private sealed class Gate : IBusTap
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TaskCompletionSource? _open;

        public Task Reached => _reached.Task;

        public void Close() => _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Open() => _open!.SetResult();

        public async ValueTask ObserveAsync(BusObservation observation)
        {
            if (_open is not { } open || observation is not { Kind: BusObservationKind.Subscribe, Topic: EdgeTopics.ThingRequest })
                return;
            _reached.TrySetResult();
            await open.Task;
        }
    }
}

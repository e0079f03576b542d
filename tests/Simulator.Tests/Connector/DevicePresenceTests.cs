using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Simulator.Connector;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Signals;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Tests.Connector;

public sealed class DevicePresenceTests : IAsyncLifetime
{
    private const string Forever = "9999-12-31T23:59:59Z";
    private static readonly ThingId _gateway = ThingId.Parse("ns:gw:dev");
    private static readonly ThingId _child = ThingId.Parse(ConnectorMessages.Child);
    private readonly SignalHub _signals = new();
    private readonly CommandListeners _listeners = new(new NoTap());
    private readonly ThingStore _things;
    private readonly InMemoryBroker _bus;
    private CloudConnector _connector = null!;

    public DevicePresenceTests()
    {
        _things = new ThingStore(RealTime.Provider, new IdSource(1), new PolicyStore(RealTime.Provider), _signals.Publish);
        _bus = new InMemoryBroker(_listeners);
    }

    public async ValueTask InitializeAsync() => _connector = await CloudConnector.StartAsync(
        new ConnectorOptions { Identity = ConnectorWorld.Identity, Listeners = _listeners }, _bus, new TwinFeed(_things, _signals), RealTime.Provider);

    public ValueTask DisposeAsync() => _connector.DisposeAsync();

    [Fact]
    public async Task Gateway_TwinMadeWhileOnline_IsReadyUntilItGoesOffline()
    {
        _things.Provision(_gateway);
        await UntilAsync(_gateway, until => until == Forever);
        Assert.Equal("[\"org.eclipse.ditto:ConnectionStatus:1.0.0\"]", _things.Find(_gateway)!.Feature("ConnectionStatus")!.Value.GetProperty("definition").GetRawText());

        await _connector.GoOfflineAsync();
        Assert.NotEqual(Forever, Until(_gateway));

        await _connector.GoOnlineAsync();
        Assert.Equal(Forever, Until(_gateway));
    }

    [Theory]
    [InlineData("someone")]
    [InlineData(CloudConnector.Origin)]
    public async Task Gateway_TwinMadeAndReplacedWhileOnline_IsReadyAgain(string origin)
    {
        Put();
        await UntilAsync(_gateway, until => until == Forever);
        Put();
        await UntilAsync(_gateway, until => until == Forever);

        void Put() => _things.Execute(new TwinCommand(_gateway, "modify", ResourcePath.Thing, JsonText.Parse("{}"), DittoHeaders.Empty)
        {
            Caller = Caller.Harness,
            Origin = origin,
        });
    }

    [Fact]
    public async Task Child_IsReadyWhileSomebodyListensToItsCommands()
    {
        _things.Provision(_child);
        await using var device = _bus.Create(new BusOptions { ClientId = "device" });
        await device.ConnectAsync();
        Assert.Null(Until(_child));

        await device.SubscribeAsync($"command//{_child}/req/#", QualityOfService.AtLeastOnce);
        await UntilAsync(_child, until => until == Forever);

        await device.DisconnectAsync();
        await UntilAsync(_child, until => until is not (null or Forever));
    }

    [Fact]
    public async Task TwinThatIsNotThere_IsNotMade()
    {
        await using var device = _bus.Create(new BusOptions { ClientId = "device" });
        await device.ConnectAsync();

        await device.SubscribeAsync($"command//{_child}/req/#", QualityOfService.AtLeastOnce);

        Assert.Empty(_things.All);
    }

    private string? Until(ThingId thing) =>
        _things.Find(thing)!.TryGet(ResourcePath.Property("ConnectionStatus", "status/readyUntil"), out var until) ? until.GetString() : null;

    private async Task UntilAsync(ThingId thing, Predicate<string?> holds)
    {
        using var net = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!holds(Until(thing)))
        {
            net.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private sealed class NoTap : IBusTap
    {
        public ValueTask ObserveAsync(BusObservation observation) => default;
    }
}

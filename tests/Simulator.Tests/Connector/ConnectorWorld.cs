using System.Text;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Simulator.Connector;
using Leda.Harness.Simulator.Journal;
using Leda.Harness.Simulator.Messages;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Signals;
using Leda.Harness.Simulator.Twins;
using Microsoft.Extensions.Time.Testing;

namespace Leda.Harness.Simulator.Tests.Connector;

/// <summary>A connector on an in-memory bus, everything seen in a journal, and a client that plays the device.</summary>
internal sealed class ConnectorWorld : IAsyncDisposable
{
    public static readonly GatewayIdentity Identity = new("ns:gw:dev", "t1");
    private static readonly TimeSpan _net = TimeSpan.FromSeconds(30);

    private ConnectorWorld()
    {
        Journal = new Leda.Harness.Simulator.Journal.Journal(null, RealTime.Provider);
        Bus = new Buses(new InMemoryBroker(Journal));
        Things = new ThingStore(Time, new IdSource(1), new PolicyStore(Time), Signals.Publish);
        Signals.Subscribe(Journal);
        Device = Bus.Create(new BusOptions { ClientId = "device" });
    }

    public SignalHub Signals { get; } = new();

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.FromUnixTimeSeconds(1_732_357_200));

    public Leda.Harness.Simulator.Journal.Journal Journal { get; }

    public Buses Bus { get; }

    public ThingStore Things { get; }

    public IMessageBus Device { get; }

    public CloudConnector Connector { get; private set; } = null!;

    /// <summary>Takes the connector's responses from the first use on.</summary>
    public LiveMessages Messages => field ??= new LiveMessages(Live, new IdSource(2));

    /// <summary>Takes the connector's responses from the first use on.</summary>
    public LiveChannel Live
    {
        get
        {
            if (field is null)
            {
                field = new LiveChannel(Things, Signals, Time, new IdSource(3));
                field.Attach(Connector);
            }

            return field;
        }
    }

    public static async Task<ConnectorWorld> StartAsync(Func<Task>? kept = null)
    {
        var world = new ConnectorWorld();
        await world.Device.ConnectAsync();
        world.Connector = await CloudConnector.StartAsync(
            new ConnectorOptions { Identity = Identity }, world.Bus, new TwinFeed(world.Things, world.Signals) { KeptAsync = kept ?? (() => Task.CompletedTask) }, world.Time);
        return world;
    }

    /// <summary>The first thing in the journal from a place on that matches; fails the test if it does not come.</summary>
    public async Task<JournalEntry> SeenAsync(Func<JournalEntry, bool> matches, long from = 0) =>
        await Journal.FirstAsync(matches, from, _net) ?? throw new TimeoutException("not seen: " + string.Join("\n", Journal.Snapshot()));

    public Task<JournalEntry> PublishedAsync(string topic, long from = 0) =>
        SeenAsync(e => e.Kind == JournalKind.Publish && e.Topic == topic, from);

    public static string Text(JournalEntry entry) => Encoding.UTF8.GetString(entry.Payload.Span);

    /// <summary>Remembers each client, so that a test can cut its connection and bring it back.</summary>
    public sealed class Buses(IBusFactory inner) : IBusFactory
    {
        private readonly Dictionary<string, IMessageBus> _clients = [];

        public IMessageBus this[string clientId] => _clients[clientId];

        public IMessageBus Create(BusOptions options) => _clients[options.ClientId] = inner.Create(options);
    }

    public async ValueTask DisposeAsync()
    {
        await Connector.DisposeAsync();
        await Device.DisposeAsync();
        await Journal.DisposeAsync();
    }
}

using Leda.Harness.Protocol.Tests.Messaging;
using Leda.Harness.Simulator.Broker;

namespace Leda.Harness.Simulator.Tests.Broker;

/// <summary>A broker of its own for each test, on a free port, and the tap on it.</summary>
public abstract class BrokerTest : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _things = [];
    private EmbeddedBroker? _broker;

    protected RecordingTap Tap { get; } = new();

    protected EmbeddedBroker Broker => _broker!;

    /// <summary>How the broker is set up; the port is always a free one.</summary>
    protected virtual EmbeddedBrokerOptions Options { get; } = new();

    public async ValueTask InitializeAsync() =>
        _broker = await EmbeddedBroker.StartAsync(Options with { Port = 0 }, Patience.Clock, Tap);

    public async ValueTask DisposeAsync()
    {
        foreach (var thing in _things)
            await thing.DisposeAsync();
        await Broker.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts <c>mosquitto_sub</c> and waits until it is subscribed.</summary>
    private protected async Task<Mosquitto> SubscribeAsync(string arguments)
    {
        var subscriber = Disposed(Mosquitto.Subscribe(Broker.Port, arguments));
        await subscriber.SubscribedAsync();
        return subscriber;
    }

    /// <summary>Runs <c>mosquitto_pub</c> to its end.</summary>
    private protected Task PublishAsync(string arguments) => Mosquitto.PublishAsync(Broker.Port, arguments);

    private protected async Task<RawMqtt> ConnectRawAsync(byte version, string clientId, byte[]? properties = null) =>
        Disposed(await RawMqtt.ConnectAsync(Broker.Port, version, clientId, properties));

    private protected T Disposed<T>(T thing)
        where T : IAsyncDisposable
    {
        _things.Add(thing);
        return thing;
    }
}

using System.Text;
using System.Threading.Channels;
using Leda.Harness.Device.Tests.Golden;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Device.Tests.Support;

/// <summary>As <see cref="World"/>, but in real time and on all threads, for engines that cannot do otherwise. The device has the usual identity.</summary>
internal sealed class RealWorld : IBusTap, IAsyncDisposable
{
    /// <summary>Nothing takes this long unless it never happens.</summary>
    private static readonly TimeSpan _net = TimeSpan.FromSeconds(60);

    private readonly Channel<Message> _published = Channel.CreateUnbounded<Message>();
    private readonly TaskCompletionSource _subscribed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _log = [];
    private readonly IMessageBus _cloud;
    private DeviceHost? _device;
    private int _requests;

    private RealWorld()
    {
        Broker = new InMemoryBroker(this);
        _cloud = Broker.Create(new BusOptions { ClientId = "cloud" });
    }

    public InMemoryBroker Broker { get; }

    public DeviceHost Device => _device!;

    /// <summary>Starts a device, lets it register and forgets what it said until then.</summary>
    public static async Task<RealWorld> StartRegisteredAsync(DeviceOptions options, int seed = 1)
    {
        var world = new RealWorld();
        await world._cloud.ConnectAsync();
        world._device = await DeviceHost.StartAsync(options, world.Broker, RealTime.Provider, new IdSource(seed), world.Log);
        Assert.Equal(EdgeTopics.ThingRequest, Assert.Single(await world.TakeAsync(1)).Topic); // from now on it listens
        await world._cloud.PublishAsync(BusMessage.Of(EdgeTopics.ThingResponse, World.Identity));
        await world._subscribed.Task.WaitAsync(_net);
        world.Rest();
        return world;
    }

    public Task SendAsync(string topic, string payload) => _cloud.PublishAsync(BusMessage.Of(topic, payload));

    /// <summary>The next messages of the device.</summary>
    public async Task<List<Message>> TakeAsync(int count)
    {
        var messages = new List<Message>();
        try
        {
            while (messages.Count < count)
                messages.Add(await _published.Reader.ReadAsync().AsTask().WaitAsync(_net));
        }
        catch (TimeoutException e)
        {
            lock (_log)
                throw new TimeoutException($"{messages.Count} of {count} messages came:\n{string.Join('\n', messages)}\nthe device said:\n{string.Join('\n', _log)}", e);
        }

        return messages;
    }

    /// <summary>Sends a two-way command as the cloud does and waits for the answer; forgets what was published until then.</summary>
    public async Task<Answer> InvokeAsync(string feature, string operation, string? value = null)
    {
        var correlation = $"c-{++_requests}";
        var (kind, content) = value is null ? ("", "") : (",\"content-type\":\"application/json\"", $",\"value\":{value}");
        await SendAsync(
            $"command//{World.Thing}/req/{correlation}/{operation}",
            $$$"""
            {"topic":"dummy-namespace/dummy-gateway:dummy-device-id:edge:containers/things/live/messages/{{{operation}}}",
            "headers":{"correlation-id":"{{{correlation}}}","response-required":true{{{kind}}}},
            "path":"/features/{{{feature}}}/inbox/messages/{{{operation}}}"{{{content}}}}
            """);
        Message message;
        do
            message = (await TakeAsync(1))[0];
        while (!message.Topic.StartsWith("command/", StringComparison.Ordinal));
        return Answer.Of(message);
    }

    /// <summary>What the device has published and nobody has taken.</summary>
    public List<Message> Rest()
    {
        var messages = new List<Message>();
        while (_published.Reader.TryRead(out var message))
            messages.Add(message);
        return messages;
    }

    public ValueTask ObserveAsync(BusObservation observation)
    {
        if (observation.ClientId == "cloud")
            return ValueTask.CompletedTask;
        if (observation.Kind == BusObservationKind.Publish)
            _published.Writer.TryWrite(new Message(observation.Topic, Encoding.UTF8.GetString(observation.Payload.Span), (int)observation.Qos, observation.Retain));
        else if (observation.Kind == BusObservationKind.Subscribe && observation.Topic == World.CommandFilter)
            _subscribed.TrySetResult();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await Device.DisposeAsync();
        await _cloud.DisposeAsync();
    }

    private void Log(string line)
    {
        lock (_log)
            _log.Add(line);
    }
}

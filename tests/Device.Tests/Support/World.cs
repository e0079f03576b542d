using Leda.Harness.Device.Tests.Mutations;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Protocol.Messaging;
using Microsoft.Extensions.Time.Testing;

namespace Leda.Harness.Device.Tests.Support;

/// <summary>A device, a broker and a cloud that is played by the test, on one thread under a virtual clock.</summary>
internal sealed class World : IBusTap
{
    public const string Identity = """{"deviceId":"dummy-namespace:dummy-gateway:dummy-device-id","tenantId":"dummy-tenant-id"}""";
    public const string Thing = "dummy-namespace:dummy-gateway:dummy-device-id:edge:containers";
    public const string EventTopic = "e/dummy-tenant-id/" + Thing;
    public const string CommandFilter = "command//" + Thing + "/req/#";

    private readonly OneThread _thread;
    private readonly IMessageBus _cloud;
    private int _requests;

    private World(OneThread thread)
    {
        _thread = thread;
        Broker = new InMemoryBroker(this);
        Buses = new CuttableBuses(Broker);
        _cloud = Broker.Create(new BusOptions { ClientId = "cloud" });
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 11, 0, 0, TimeSpan.Zero));

    public InMemoryBroker Broker { get; }

    /// <summary>Where devices connect.</summary>
    public CuttableBuses Buses { get; }

    /// <summary>What the broker saw of devices since <see cref="Forget"/>.</summary>
    public List<BusObservation> Seen { get; } = [];

    public List<string> Log { get; } = [];

    /// <summary>What devices published.</summary>
    public List<BusObservation> Published => [.. Seen.Where(o => o.Kind == BusObservationKind.Publish)];

    /// <summary>What devices told their twins, short: the path below <c>/features/</c>, and the new state where there is one.</summary>
    public List<string> Told => [.. Published.Where(o => o.Topic.StartsWith("e/", StringComparison.Ordinal)).Select(Short)];

    /// <summary>The states that a container's feature went through.</summary>
    public List<string> States(string id) =>
        [.. Told.Where(t => t.StartsWith($"Container:{id} ", StringComparison.Ordinal)).Select(t => t[$"Container:{id} ".Length..])];

    /// <summary>The last answer to a command.</summary>
    public Answer LastAnswer => Answer.Of(Published.Last(o => o.Topic.StartsWith("command/", StringComparison.Ordinal)));

    public static void Run(Func<World, Task> test) => OneThread.Run(async thread =>
    {
        var world = new World(thread);
        await world._cloud.ConnectAsync();
        await test(world);
    });

    /// <summary>Starts a device and lets it settle; no cloud answers it yet.</summary>
    public async Task<DeviceHost> StartDeviceAsync(DeviceOptions? options = null, int seed = 1)
    {
        options ??= new DeviceOptions();
        options = options with { Artifacts = options.Artifacts ?? new MemoryArtifacts() };
        var device = await DeviceHost.StartAsync(options, Buses, Time, new IdSource(seed), Log.Add);
        await SettleAsync();
        return device;
    }

    /// <summary>Starts a device that has the usual identity.</summary>
    public async Task<DeviceHost> StartRegisteredAsync(DeviceOptions? options = null, int seed = 1)
    {
        var device = await StartDeviceAsync(options, seed);
        await AnnounceAsync(Identity);
        Forget();
        return device;
    }

    public Task SettleAsync() => _thread.IdleAsync();

    /// <summary>Time passes, after everything that has to happen before and with everything that happens then.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        await SettleAsync();
        Time.Advance(time);
        await SettleAsync();
    }

    /// <summary>Nothing was seen so far.</summary>
    public void Forget() => Seen.Clear();

    public Task AnnounceAsync(string identity) => SendAsync(EdgeTopics.ThingResponse, identity);

    public async Task SendAsync(string topic, string payload)
    {
        await _cloud.PublishAsync(BusMessage.Of(topic, payload));
        await SettleAsync();
    }

    /// <summary>Sends bytes; then time passes for whoever waits for something to end.</summary>
    public async Task SendAsync(Command command)
    {
        await _cloud.PublishAsync(new BusMessage(command.Topic, command.Payload));
        await PassAsync(TimeSpan.FromMinutes(2));
    }

    /// <summary>Sends a two-way command as the cloud does.</summary>
    public async Task<Answer> InvokeAsync(string feature, string operation, string? value = null)
    {
        await CommandAsync(
            $$"""{"correlation-id":"c-{{++_requests}}","response-required":true{{(value is null ? "" : ",\"content-type\":\"application/json\"")}}}""",
            $"/features/{feature}/inbox/messages/{operation}",
            value);
        return LastAnswer;
    }

    public Task CommandAsync(string headers, string path, string? value = null, string requestId = "r1", string? topic = null) => SendAsync(
        $"command//{Thing}/req/{requestId}/any",
        $$"""{"topic":"{{topic ?? "dummy-namespace/dummy-gateway:dummy-device-id:edge:containers/things/live/messages/any"}}","headers":{{headers}},"path":"{{path}}"{{(value is null ? "" : $",\"value\":{value}")}}}""");

    public async Task<string> CreateAsync(string image = "docker.io/library/busybox:1.35", bool start = false)
    {
        var answer = await InvokeAsync("ContainerFactory", "create", $$"""{"imageRef":"{{image}}","start":{{(start ? "true" : "false")}}}""");
        return answer.Envelope.Value!.Value.GetString()!;
    }

    private static string Short(BusObservation published)
    {
        var envelope = Envelope.Parse(published.Payload.Span);
        var feature = envelope.Path["/features/".Length..];
        if (envelope.Topic.EndsWith("/delete", StringComparison.Ordinal))
            return $"{feature} deleted";
        return feature.EndsWith("/properties/status/state", StringComparison.Ordinal)
            ? $"{feature[..feature.IndexOf('/', StringComparison.Ordinal)]} {envelope.Value!.Value.GetProperty("status").GetString()}"
            : feature;
    }

    public ValueTask ObserveAsync(BusObservation observation)
    {
        if (observation.ClientId != "cloud")
            Seen.Add(observation);
        return ValueTask.CompletedTask;
    }
}

using System.Diagnostics;
using System.Text;
using Leda.Harness.Device;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Simulator.Broker;

namespace Leda.Harness.Benchmarks;

/// <summary>
/// The device's own program as a process of its own, on the embedded broker in this one, over real MQTT:
/// <c>device [--containers 200] [--rounds 200]</c>. Tells how long a registration takes from identity to last feature, how long a start
/// takes from command to published RUNNING, and the program's resident memory.
/// </summary>
internal static class DeviceMode
{
    private const string Gateway = "bench:gateway:device";
    private const string Thing = $"{Gateway}:{ContainerFeature.ThingSuffix}";
    private const string Event = $"e/tenant/{Thing}";
    private const int Registrations = 30;

    public static async Task RunAsync(string[] args)
    {
        var containers = TwinLatencyMode.Option(args, "--containers", 200);
        var rounds = TwinLatencyMode.Option(args, "--rounds", 200);
        await using var broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { Port = 0 }, Clock.Real);
        await using var cloud = new MqttBusFactory(broker.Url, Clock.Real).Create(new BusOptions { ClientId = "cloud" });
        await cloud.ConnectAsync();
        await cloud.SubscribeAsync("#");
        using var device = Start(broker.Url, containers);
        await NextAsync(cloud, m => m.Topic == EdgeTopics.ThingRequest);

        var first = await RegisterAsync(cloud, containers, -1);

        // The first registration comes before the device listens to commands, the second after it.
        await RegisterAsync(cloud, containers, 1);
        await cloud.PublishAsync(Command("ContainerFactory", "create", """{"imageRef":"docker.io/library/busybox:1.35"}"""));
        var id = Envelope.Parse((await NextAsync(cloud, m => m.Topic.EndsWith("/200", StringComparison.Ordinal))).Payload.Span).Value!.Value.GetString()!;
        var starts = new List<TimeSpan>();
        for (var round = 0; round < rounds; round++)
            starts.Add(await StartAndStopAsync(cloud, id));
        await cloud.PublishAsync(Command(ContainerFeature.Id(id), "remove", "true"));
        await NextAsync(cloud, IsAnswer);
        var registrations = new List<TimeSpan>();
        for (var round = 0; round < Registrations; round++)
            registrations.Add(await RegisterAsync(cloud, containers, round));

        registrations.Sort();
        starts.Sort();
        Console.WriteLine($"registration of {containers} containers, identity -> last feature: first {first.TotalMilliseconds:0} ms, then median {At(registrations, 0.5):0.0} ms, max {registrations[^1].TotalMilliseconds:0.0} ms of {Registrations}");
        Console.WriteLine($"start -> RUNNING published: p50 {At(starts, 0.5):0.00} ms, p99 {At(starts, 0.99):0.00} ms of {rounds}");
        Console.WriteLine($"resident memory of the device program with {containers} containers: {ResidentMegabytes(device)} MB");
        device.Kill();
    }

    private static Process Start(Uri broker, int containers)
    {
        var program = typeof(DeviceHost).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", [program, "--broker", broker.ToString(), "--containers", $"{containers}", "--seed", "1"])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Announces an identity whose policy is new: all features come again.</summary>
    private static async Task<TimeSpan> RegisterAsync(IMessageBus cloud, int containers, int policy)
    {
        var since = Clock.Real.GetTimestamp();
        await cloud.PublishAsync(BusMessage.Of(EdgeTopics.ThingResponse, $$"""{"deviceId":"{{Gateway}}","tenantId":"tenant","policyId":"policy:{{policy}}"}"""));
        for (var features = 0; features < containers + 3; features++)
            await NextAsync(cloud, m => m.Topic == Event);
        return Clock.Real.GetElapsedTime(since);
    }

    private static async Task<TimeSpan> StartAndStopAsync(IMessageBus cloud, string id)
    {
        var since = Clock.Real.GetTimestamp();
        await cloud.PublishAsync(Command(ContainerFeature.Id(id), "start"));
        await NextAsync(cloud, m => m.Topic == Event && Encoding.UTF8.GetString(m.Payload.Span).Contains(ContainerState.Running, StringComparison.Ordinal));
        var took = Clock.Real.GetElapsedTime(since);
        await NextAsync(cloud, IsAnswer);
        await cloud.PublishAsync(Command(ContainerFeature.Id(id), "stop"));
        await NextAsync(cloud, IsAnswer);
        return took;
    }

    private static bool IsAnswer(BusMessage message) => message.Topic.Contains("/res/", StringComparison.Ordinal);

    private static BusMessage Command(string feature, string operation, string? value = null) => BusMessage.Of(
        $"command//{Thing}/req/r/{operation}",
        $$"""
        {"topic":"{{Thing.Replace("bench:", "bench/", StringComparison.Ordinal)}}/things/live/messages/{{operation}}",
        "headers":{"correlation-id":"c","response-required":true{{(value is null ? "" : ",\"content-type\":\"application/json\"")}}},
        "path":"/features/{{feature}}/inbox/messages/{{operation}}"{{(value is null ? "" : $",\"value\":{value}")}}}
        """);

    private static async Task<BusMessage> NextAsync(IMessageBus cloud, Func<BusMessage, bool> matches)
    {
        while (await cloud.Events.WaitToReadAsync())
        {
            if (cloud.Events.TryRead(out var happened) && happened is BusEvent.Received { Message: var message } && matches(message))
                return message;
        }

        throw new EndOfStreamException("the bus has closed");
    }

    private static double At(List<TimeSpan> sorted, double share) => sorted[(int)(sorted.Count * share)].TotalMilliseconds;

    private static double ResidentMegabytes(Process process)
    {
        process.Refresh();
        return Math.Round(process.WorkingSet64 / (1024.0 * 1024), 1);
    }
}

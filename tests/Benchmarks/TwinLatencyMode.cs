using System.Globalization;
using Leda.Harness.Hosting;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Benchmarks;

/// <summary>
/// How long after a publish on real MQTT the twin is updated, with journal, referee and twin on, at a steady rate:
/// <c>twin-latency [--rate 2000] [--seconds 10]</c>, after five seconds of warm-up at the same rate.
/// </summary>
internal static class TwinLatencyMode
{
    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(string[] args)
    {
        var rate = Option(args, "--rate", 2_000);
        var seconds = Option(args, "--seconds", 10);
        await using var harness = await LedaHarness.StartAsync(new HarnessOptions { MqttPort = 0, Device = false }, Clock.Real);
        await using var publisher = harness.Bus.Create(new BusOptions { ClientId = "publisher" });
        await publisher.ConnectAsync();
        await publisher.PublishAsync(Modify("/features/load", "{\"properties\":{}}"));

        var count = (int)(rate * (_warmUp.TotalSeconds + seconds));
        var latencies = CollectAsync(harness.Journal, count);
        await PublishAsync(publisher, rate, count);
        var measured = (await latencies).Skip((int)(rate * _warmUp.TotalSeconds)).Order().ToList();
        Console.WriteLine(
            $"publish -> twin updated at {rate} msg/s, {measured.Count} messages: p50 {At(measured, 0.5):0} µs, p99 {At(measured, 0.99):0} µs, max {measured[^1].TotalMicroseconds:0} µs");
    }

    internal static int Option(string[] args, string name, int otherwise)
    {
        var at = Array.IndexOf(args, name);
        return at < 0 ? otherwise : int.Parse(args[at + 1], CultureInfo.InvariantCulture);
    }

    private static double At(List<TimeSpan> sorted, double share) => sorted[(int)(sorted.Count * share)].TotalMicroseconds;

    private static BusMessage Modify(string path, string value) => BusMessage.Of(
        "e", $$"""{"topic":"dummy-namespace/dummy-gateway:dummy-device-id/things/twin/commands/modify","headers":{"response-required":false},"path":"{{path}}","value":{{value}}}""");

    private static async Task PublishAsync(IMessageBus publisher, int rate, int count)
    {
        var start = Clock.Real.GetTimestamp();
        var pending = new List<Task>(count);
        while (pending.Count < count)
        {
            var due = Math.Min(count, (int)(Clock.Real.GetElapsedTime(start).TotalSeconds * rate));
            while (pending.Count < due)
                pending.Add(publisher.PublishAsync(Modify("/features/load/properties/sent", $"{Clock.Real.GetUtcNow().UtcTicks}")));
            await Task.Delay(TimeSpan.FromMilliseconds(1), Clock.Real);
        }

        await Task.WhenAll(pending);
    }

    private static async Task<List<TimeSpan>> CollectAsync(Journal journal, int count)
    {
        var latencies = new List<TimeSpan>(count);
        await foreach (var entry in journal.FollowAsync())
        {
            if (entry.Kind != JournalKind.TwinEvent || Envelope.Parse(entry.Payload.Span) is not { Path: "/features/load/properties/sent" } change)
                continue;
            latencies.Add(TimeSpan.FromTicks(entry.At.UtcTicks - change.Value!.Value.GetInt64()));
            if (latencies.Count == count)
                break;
        }

        return latencies;
    }
}

using System.Text.Json;
using Leda.Harness.Device.Containers;
using Leda.Harness.Hosting;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Simulator.Journal;
using Leda.Harness.Simulator.Messages;

namespace Leda.Harness.Tests.Checklist;

/// <summary>
/// What Kanto's integration tests have in hand: they invoke operations through Ditto and watch the thing's twin events
/// (<c>kanto-container-management.md</c> 8). Everything runs in one virtual world.
/// </summary>
internal sealed class KantoSuite
{
    public static readonly ThingId Thing = ThingId.Parse(HarnessOptions.FoundingIdentity.DeviceId).Child(ContainerFeature.ThingSuffix);

    private KantoSuite(LedaHarness harness, TimeProvider time)
    {
        Harness = harness;
        Time = time;
    }

    public LedaHarness Harness { get; }

    public TimeProvider Time { get; }

    /// <summary>Plays a test of the suite against a device without containers.</summary>
    public static void Play(Func<KantoSuite, Task> test, HarnessOptions? options = null) => VirtualWorld.Run(async time =>
    {
        await using var harness = await LedaHarness.StartAsync(
            (options ?? new HarnessOptions()) with { InMemory = true, Containers = ContainerSupply.None }, time);
        var suite = new KantoSuite(harness, time);
        await suite.PassAsync(1);
        await test(suite);
        return true;
    });

    /// <summary>What the thing's feature says.</summary>
    public JsonElement Feature(string id) => Harness.Things.Find(Thing)!.Feature(id)!.Value;

    /// <summary>The position in the journal; events are read from there.</summary>
    public long Now => Harness.Journal.Next;

    /// <summary>Invokes an operation as the suite does: two-way; what HTTP would answer.</summary>
    public async Task<Envelope> InvokeAsync(string feature, string operation, string value = "{}")
    {
        var result = await Harness.Messages!.RequestAsync(new LiveMessage(Thing, feature, operation, JsonText.Parse(value)), TimeSpan.FromMinutes(5));
        await PassAsync(1);
        return result.Response ?? throw new InvalidOperationException($"no answer to {operation}: {result.Outcome}");
    }

    /// <summary>Creates a container and gives its feature's id.</summary>
    public async Task<string> CreateAsync(bool start)
    {
        var answer = await InvokeAsync(
            "ContainerFactory", "create", $$"""{"imageRef":"docker.io/library/influxdb:1.8.4","start":{{(start ? "true" : "false")}}}""");
        Assert.Equal(200, answer.Status);
        return ContainerFeature.Id(answer.Value!.Value.GetString()!);
    }

    public async Task PassAsync(double seconds)
    {
        await Task.Delay(TimeSpan.FromSeconds(seconds), Time);
        await Harness.Journal.SettleAsync();
    }

    /// <summary>The twin's events below a path since then, as <c>created|modified|deleted path[ state]</c>.</summary>
    public List<string> Events(long since, string below = "/features/Container:") =>
        [.. Harness.Journal.Snapshot(since).Where(e => e.Kind == JournalKind.TwinEvent)
            .Select(e => Envelope.Parse(e.Payload.Span))
            .Where(e => e.Path.StartsWith(below, StringComparison.Ordinal))
            .Select(Short)];

    /// <summary>The values of all live messages <c>data</c> since then.</summary>
    public List<JsonElement> MetricsData(long since) =>
        [.. Harness.Journal.Snapshot(since).Where(e => e.Kind == JournalKind.Publish)
            .Select(e => Envelope.TryParse(e.Payload.Span, out var envelope, out _) ? envelope : null)
            .Where(e => e?.Path == "/features/Metrics/outbox/messages/data")
            .Select(e => e!.Value!.Value)];

    private static string Short(Envelope happened)
    {
        var action = happened.Topic[(happened.Topic.LastIndexOf('/') + 1)..];
        return happened.Path.EndsWith("/status/state", StringComparison.Ordinal)
            ? $"{action} {happened.Path} {happened.Value!.Value.GetProperty("status").GetString()}"
            : $"{action} {happened.Path}";
    }
}

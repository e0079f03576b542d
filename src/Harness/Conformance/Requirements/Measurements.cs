using System.Text.Json;
using Leda.Harness.Conformance.Acts;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Conformance.Requirements;

/// <summary>ME: the feature Metrics.</summary>
internal static class Measurements
{
    private const long Millennium = 100_000_000_000; // in seconds the year 5138, in milliseconds 1973

    private static readonly string[] _ids =
    [
        "cpu.utilization", "memory.total", "memory.used", "memory.utilization", "io.readBytes", "io.writeBytes", "net.readBytes", "net.writeBytes", "pids",
    ];

    /// <summary>All of them.</summary>
    public static IEnumerable<Requirement> All =>
    [
        Wants("ME-01", "request is answered with 204.", ["FE-03"],
            async trial => Trial.ExpectStatus((await trial.SeeAsync(Measuring.Everything)).Exchange, 204, "request")),
        Wants("ME-02", "Metrics arrive after a period, and again after the next.", ["ME-01"], ArriveAsync),
        Wants("ME-03", "Their timestamp is in seconds since 1970, not in milliseconds.", ["ME-02"], SecondsAsync),
        Wants("ME-04", "Only the known measurements are reported.", ["ME-02"], KnownAsync),
        Wants("ME-05", "Metrics are messages with the content type application/json.", ["ME-02"], HeadersAsync),
        Wants("ME-06", "With a filter only the wanted measurements of the wanted container are reported.", ["ME-02"], FilteredAsync),
        Wants("ME-07", "Nothing is reported of an originator that is not there.", ["ME-06"],
            async trial => ExpectSilence(await trial.SeeAsync(Measuring.OfNobody))),
        Wants("ME-08", "The frequency 0s stops them.", ["ME-02"],
            async trial => ExpectSilence(await trial.SeeAsync(Measuring.Stopped))),
        Wants("ME-09", "Metrics say of whom they are, and each measurement has an id and a number.", ["ME-01"], WholeAsync) with { Explains = ["ME"], Rules = ["schema/metrics.data"] },
    ];

    private static Requirement Wants(string id, string sentence, string[] needs, Func<Trial, Task> play) =>
        new(id, sentence, Kanto.Section("3.3")) { Needs = needs, Play = play };

    private static void ExpectSilence(OperationScene scene) =>
        Trial.Expect(scene.Update is null, "no metrics", Json.Show(scene.Update?.Value), scene.Update is null ? [] : [scene.Update.Entry]);

    private static async Task ArriveAsync(Trial trial)
    {
        var scene = await trial.SeeAsync(Measuring.Everything);
        var data = trial.Device.Said(scene.From, scene.To).Where(m => m.IsMetrics).ToList();
        Trial.Expect(data.Count >= 2, "two messages on /features/Metrics/outbox/messages/data", $"{data.Count}");
        var own = data.Any(m => Json.Elements(Json.At(m.Value, "snapshot")).Any(s => Json.Text(s, "originator") == ContainerFeature.Id(scene.Container)));
        Trial.Expect(own, $"measurements of {ContainerFeature.Id(scene.Container)}", Json.Show(data[0].Value), data[0].Entry);
    }

    private static async Task WholeAsync(Trial trial)
    {
        _ = await trial.SeeAsync(Measuring.Everything);
        trial.ExpectAll(
            trial.Device.Said().Where(m => m.IsMetrics), "metrics", "originator, and measurements of id and value",
            m => Json.Elements(Json.At(m.Value, "snapshot")).Where(s => !IsWhole(s)).Select(s => Json.Show(s)).FirstOrDefault());
    }

    private static bool IsWhole(JsonElement snapshot) => Json.Text(snapshot, "originator") is { Length: > 0 }
        && Json.Elements(Json.At(snapshot, "measurements")).All(m => Json.Text(m, "id") is { Length: > 0 } && Json.At(m, "value") is { ValueKind: JsonValueKind.Number });

    private static async Task SecondsAsync(Trial trial)
    {
        _ = await trial.SeeAsync(Measuring.Everything);
        trial.ExpectAll(
            trial.Device.Said().Where(m => m.IsMetrics), "metrics", "seconds since 1970",
            m => Json.Number(m.Value, "timestamp") is > 0 and < Millennium ? null : Json.Show(Json.At(m.Value, "timestamp")));
    }

    private static async Task KnownAsync(Trial trial)
    {
        _ = await trial.SeeAsync(Measuring.Everything);
        trial.ExpectAll(
            trial.Device.Said().Where(m => m.IsMetrics), "metrics", string.Join(", ", _ids), m => Ids(m).FirstOrDefault(id => !_ids.Contains(id)));
    }

    private static async Task HeadersAsync(Trial trial)
    {
        _ = await trial.SeeAsync(Measuring.Everything);
        trial.ExpectAll(
            trial.Device.Said().Where(m => m.IsMetrics), "metrics", "content-type application/json",
            m => m.Envelope!.Headers is { ContentType: "application/json" } ? null : $"content-type {m.Envelope.Headers.ContentType ?? "absent"}");
    }

    private static async Task FilteredAsync(Trial trial)
    {
        var scene = await trial.SeeAsync(Measuring.Filtered);
        var from = scene.Exchange.Answer?.Entry.Sequence ?? scene.From;
        var data = trial.Device.Said(from, scene.To).Where(m => m.IsMetrics).ToList();
        Trial.Expect(data.Count > 0, "metrics that pass the filter", "none");
        var originator = ContainerFeature.Id(scene.Container);
        var stray = data.FirstOrDefault(m => Ids(m).Any(id => !id.StartsWith("memory", StringComparison.Ordinal))
            || Json.Elements(Json.At(m.Value, "snapshot")).Any(s => Json.Text(s, "originator") != originator));
        Trial.Expect(stray is null, $"memory.* of {originator} alone", Json.Show(stray?.Value), stray is null ? [] : [stray.Entry]);
    }

    private static IEnumerable<string> Ids(DeviceMessage message) => Json.Elements(Json.At(message.Value, "snapshot"))
        .SelectMany(s => Json.Elements(Json.At(s, "measurements"))).Select(m => Json.Text(m, "id") ?? "");
}

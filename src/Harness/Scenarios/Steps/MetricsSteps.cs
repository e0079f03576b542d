using System.Globalization;
using System.Text.Json;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Simulator.Journal;
using Reqnroll;

namespace Leda.Harness.Scenarios.Steps;

/// <summary>The cloud asks what containers use, and the device tells it every so often.</summary>
[Binding]
internal sealed class MetricsSteps(World world)
{
    [Given("the cloud asks for metrics every {string}")]
    [When("the cloud asks for metrics every {string}")]
    public Task WhenTheCloudAsks(string frequency) => AskAsync(frequency, null);

    [Given("the cloud asks for metrics every {string} of")]
    [When("the cloud asks for metrics every {string} of")]
    public Task WhenTheCloudAsksOf(string frequency, DataTable filter) => AskAsync(frequency, [.. filter.Rows.Select(row => new MetricsFilter
    {
        Originator = row["container"] is { Length: > 0 } name ? ContainerFeature.Id(world.FindContainer(name) ?? name) : null,
        Id = row["measurements"] is { Length: > 0 } ids ? ids.Split(", ") : null,
    })]);

    [Given("(after that )metrics of the container {string} arrive")]
    [Then("(after that )metrics of the container {string} arrive")]
    public Task ThenMetricsArrive(string name) => world.ExpectAsync($"metrics of the container {name}", e => Of(e, name) is not null);

    [Then("metrics of the container {string} arrive with just")]
    public async Task ThenMetricsArriveWithJust(string name, DataTable expected)
    {
        await ThenMetricsArrive(name);
        var seen = Of(world.Found!, name)!;
        Check.Equal(string.Join(", ", expected.Rows.Select(r => r["measurement"])), string.Join(", ", seen.Select(m => m.Id)), "the measurements");
        foreach (var (row, measurement) in expected.Rows.Zip(seen))
            Check.Equal(true, Fits(row["value"], measurement.Value), $"{measurement.Id} = {measurement.Value} to be {row["value"]}");
    }

    [Then("the metrics tell of no other container than {string}")]
    public void ThenTheMetricsTellOfNoOther(string name) => Check.Equal(
        world.FeatureOf(name), string.Join(", ", Data(world.Found!)!.Snapshot.Select(o => o.Originator)), "the originators");

    [Then("the metrics tell the time in seconds")]
    public void ThenTheMetricsTellSeconds() =>
        Check.Equal(true, Math.Abs(world.Found!.At.ToUnixTimeSeconds() - Data(world.Found!)!.Timestamp) < 60, "that the timestamp is in seconds since 1970");

    [Then("(after that )no metrics of the container {string} arrive for {int} milliseconds")]
    public Task ThenNoMetricsOf(string name, int milliseconds) => world.ExpectNothingAsync(
        $"metrics of {name}", e => Of(e, name) is not null, TimeSpan.FromMilliseconds(milliseconds));

    [Then("(after that )no metrics arrive for {int} milliseconds")]
    public Task ThenNoMetrics(int milliseconds) =>
        world.ExpectNothingAsync("metrics", e => Data(e) is not null, TimeSpan.FromMilliseconds(milliseconds));

    private Task AskAsync(string frequency, MetricsFilter[]? filter) => world.CommandAsync(Metrics.FeatureId, "request", JsonSerializer.SerializeToElement(
        new MetricsRequest { Frequency = World.Json($"\"{frequency}\""), Filter = filter }, KantoJson.Default.MetricsRequest));

    private static MetricsData? Data(JournalEntry entry) =>
        entry.Kind == JournalKind.Publish && entry.IsFromDevice() && entry.Envelope() is { Path: "/features/Metrics/outbox/messages/data" } message
            ? message.Value!.Value.Deserialize(KantoJson.Default.MetricsData)
            : null;

    private IReadOnlyList<Measurement>? Of(JournalEntry entry, string name) =>
        Data(entry)?.Snapshot.FirstOrDefault(o => o.Originator == world.FeatureOf(name))?.Measurements;

    /// <summary>Whether a value is what a scenario says: nothing, a number, or "about" one, give or take a tenth.</summary>
    private static bool Fits(string expected, double seen) =>
        expected.Length == 0
        || (expected.StartsWith("about ", StringComparison.Ordinal)
            ? Math.Abs(seen / Number(expected[6..]) - 1) < 0.1
            : Math.Abs(seen - Number(expected)) < 0.001);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}

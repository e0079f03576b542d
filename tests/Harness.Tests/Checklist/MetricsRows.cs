using System.Text.Json;

namespace Leda.Harness.Tests.Checklist;

/// <summary>The rows "Metrics" of the integration checklist (<c>kanto-container-management.md</c> 8).</summary>
public sealed class MetricsRows
{
    [Fact]
    public void Metrics_EveryThreeSecondsWithoutFilter_BothContainersReport() => KantoSuite.Play(async suite =>
    {
        var (one, other) = (await suite.CreateAsync(start: true), await suite.CreateAsync(start: true));
        var (since, at) = (suite.Now, suite.Time.GetUtcNow().ToUnixTimeSeconds());

        Assert.Equal(204, (await suite.InvokeAsync("Metrics", "request", """{"frequency":"3s"}""")).Status);
        await suite.PassAsync(10);

        var data = suite.MetricsData(since);
        Assert.Equal(Sorted([one, other]), Sorted(Originators(data).Distinct()));
        Assert.All(data, d => Assert.True(d.GetProperty("timestamp").GetInt64() is var seconds && seconds >= at && seconds < at + 60));
        Assert.All(Ids(data), id => Assert.True(
            id == "pids" || new[] { "cpu.", "memory.", "io.", "net." }.Any(prefix => id.StartsWith(prefix, StringComparison.Ordinal)), id));
    });

    [Fact]
    public void Metrics_FilterByWildcardsAndOriginator_OnlyThatOneReports() => KantoSuite.Play(async suite =>
    {
        var (one, _) = (await suite.CreateAsync(start: true), await suite.CreateAsync(start: true));
        var since = suite.Now;

        await suite.InvokeAsync("Metrics", "request", $$"""{"frequency":"3s","filter":[{"id":["cpu.*","memory.*"],"originator":"{{one}}"}]}""");
        await suite.PassAsync(10);

        var data = suite.MetricsData(since);
        Assert.Equal([one], Originators(data).Distinct());
        Assert.Equal(["cpu", "memory"], Ids(data).Select(id => id.Split('.')[0]).Distinct());
    });

    [Theory]
    [InlineData("""{"frequency":"3s","filter":[{"originator":"test.process"}]}""")]
    [InlineData("""{"frequency":"3s","filter":[{"id":["test.io","test.cpu"]}]}""")]
    public void Metrics_UnknownOriginatorOrIds_NoDataAtAll(string request) => KantoSuite.Play(async suite =>
    {
        await suite.CreateAsync(start: true);
        var since = suite.Now;

        Assert.Equal(204, (await suite.InvokeAsync("Metrics", "request", request)).Status);
        await suite.PassAsync(10);

        Assert.Empty(suite.MetricsData(since));
    });

    [Fact]
    public void Metrics_ZeroSeconds_Stops() => KantoSuite.Play(async suite =>
    {
        await suite.CreateAsync(start: true);
        await suite.InvokeAsync("Metrics", "request", """{"frequency":"3s"}""");
        await suite.PassAsync(10);
        await suite.InvokeAsync("Metrics", "request", """{"frequency":"0s"}""");
        var since = suite.Now;

        await suite.PassAsync(10);

        Assert.Empty(suite.MetricsData(since));
    });

    [Theory]
    [InlineData("request", """{"frequency":"invalid frequency"}""", 400)]
    [InlineData("invalidRequest", """{"frequency":"3s"}""", 404)]
    public void Metrics_InvalidFrequencyOrOperation_IsAnError(string operation, string value, int status) => KantoSuite.Play(async suite =>
        Assert.Equal(status, (await suite.InvokeAsync("Metrics", operation, value)).Status));

    private static IEnumerable<string> Originators(List<JsonElement> data) =>
        data.SelectMany(d => d.GetProperty("snapshot").EnumerateArray()).Select(s => s.GetProperty("originator").GetString()!);

    private static IEnumerable<string> Ids(List<JsonElement> data) => data.SelectMany(d => d.GetProperty("snapshot").EnumerateArray())
        .SelectMany(s => s.GetProperty("measurements").EnumerateArray()).Select(m => m.GetProperty("id").GetString()!);

    private static IEnumerable<string> Sorted(IEnumerable<string> texts) => texts.Order(StringComparer.Ordinal);
}

using System.Text.Json;

namespace Leda.Harness.Tests.Cli;

/// <summary><c>--coverage</c> and <c>--fail-under</c> of run, check and conform.</summary>
public sealed class CoverageTests : IDisposable
{
    private const string Small = """
        Feature: Small
          Scenario: One container comes and goes
            Given a running device without containers
            And the container "c" from "docker.io/library/busybox:1.36" is running
            When the cloud sends "stop" to the container "c" and wants no answer
            Then the container "c" becomes STOPPED
        """;

    private readonly TemporaryFolder _data = new();

    [Theory]
    [InlineData("100", 1)]
    [InlineData("15", 0)]
    public async Task Run_FailUnder_IsAGate(string percent, int exitCode)
    {
        var report = Path.Combine(_data.Path, "coverage.md");

        var end = await RunAsync("run", Feature(), "--virtual", "--fail-under", percent, "--coverage", report);

        Assert.True(end.ExitCode == exitCode, end.Output + end.Error);
        Assert.Contains("protocol coverage ", end.Output, StringComparison.Ordinal);
        Assert.Equal(exitCode == 1, end.Output.Contains("--fail-under 100: ", StringComparison.Ordinal));
        var text = await File.ReadAllTextAsync(report);
        Assert.Contains("| operations | `ContainerFactory createWithConfig` | 1 |", text, StringComparison.Ordinal);
        Assert.Contains("| container transitions | `RUNNING → STOPPED` | 1 |", text, StringComparison.Ordinal);
        Assert.Contains("| operations | `Metrics request` | 0 |", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WithoutTheGate_TellsTheSumInOneLine()
    {
        var end = await RunAsync("run", Feature(), "--virtual");

        Assert.Equal(0, end.ExitCode);
        Assert.Single(end.Output.Split('\n'), line => line.Contains("coverage", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_OfTheJournalOfARun_CoversAsMuchAsTheRun()
    {
        var journal = Path.Combine(_data.Path, "journal");
        var run = await RunAsync("run", Feature(), "--virtual", "--journal", journal);

        var all = await RunAsync("check", journal, "--fail-under", "100");
        var few = await RunAsync("check", journal, "--fail-under", "1");

        Assert.Equal((1, 0), (all.ExitCode, few.ExitCode));
        var line = Assert.Single(run.Output.Split('\n'), line => line.StartsWith("protocol coverage ", StringComparison.Ordinal));
        Assert.Contains(line, few.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_Json_KeepsItsOutputFree()
    {
        var journal = Path.Combine(_data.Path, "journal");
        await RunAsync("run", Feature(), "--virtual", "--journal", journal);

        var end = await RunAsync("check", journal, "--json", "--fail-under", "0");

        Assert.All(end.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.StartsWith("{", line, StringComparison.Ordinal));
        Assert.Contains("protocol coverage ", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conform_FailUnder_IsAGate_AndTheReportsTellIt()
    {
        var (json, html, markdown) = (Path.Combine(_data.Path, "r.json"), Path.Combine(_data.Path, "r.html"), Path.Combine(_data.Path, "r.md"));

        var end = await RunAsync(
            "conform", "--embedded", "--mqtt-port", "0", "--filter", "HS-01", "--filter", "FE", "--fail-under", "100", "--json", json, "--html", html, "--markdown", markdown);

        Assert.Equal(1, end.ExitCode);
        Assert.Contains(" 0 failed", end.Output, StringComparison.Ordinal);
        Assert.Contains("--fail-under 100: ", end.Output, StringComparison.Ordinal);
        using var report = JsonDocument.Parse(await File.ReadAllBytesAsync(json));
        Assert.Equal(1, report.RootElement.GetProperty("coverage").GetProperty("topics").GetProperty("edge/thing/request").GetInt64());
        Assert.Contains("<section id=\"coverage\">", await File.ReadAllTextAsync(html), StringComparison.Ordinal);
        Assert.Contains("## Protocol coverage: ", await File.ReadAllTextAsync(markdown), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FailUnder_NoPercent_IsRefused()
    {
        var end = await RunAsync("run", Feature(), "--fail-under", "101");

        Assert.Equal(2, end.ExitCode);
        Assert.Contains("--fail-under '101' is no number from 0 to 100", end.Error, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose() => _data.Dispose();

    private string Feature()
    {
        var path = Path.Combine(_data.Path, "small.feature");
        File.WriteAllText(path, Small);
        return path;
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        await using var program = RunningProgram.Harness(arguments);
        return await program.EndAsync();
    }
}

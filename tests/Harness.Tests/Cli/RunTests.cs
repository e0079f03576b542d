using System.Text.RegularExpressions;

namespace Leda.Harness.Tests.Cli;

public sealed partial class RunTests : IDisposable
{
    private const string Good = """
        @quick
        Feature: Good
          Scenario: It registers
            Given a running device without containers
            Then the twin's inventory is absent
        """;

    private readonly TemporaryFolder _data = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_AllPass_ExitsWith0(bool isVirtual)
    {
        var end = await RunAsync(Good, isVirtual ? ["--virtual"] : []);

        Assert.Equal(0, end.ExitCode);
        Assert.Contains("1 passed, 0 failed, 0 skipped", end.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Then the twin's inventory has 3 entries", "3 entries")]
    [InlineData("Then the moon is full", "the moon is full")]
    public async Task Run_OneDoesNotPass_ExitsWith1AndShowsWhere(string step, string part)
    {
        var end = await RunAsync(Good + "\n    " + step, "--virtual");

        Assert.Equal(1, end.ExitCode);
        Assert.Contains(part, end.Output, StringComparison.Ordinal);
        Assert.Contains("test.feature:6", end.Output, StringComparison.Ordinal);
        Assert.Contains("0 passed, 1 failed", end.Output, StringComparison.Ordinal);
        Assert.Matches("again: leda-harness run \\S+test.feature:3 --seed [0-9]+ --virtual", end.Output);
    }

    [Theory]
    [InlineData("@quick and not @slow", 0)]
    [InlineData("@slow", 5)]
    [InlineData("@slow and", 2)]
    public async Task Run_WithTags_RunsWhatMatches(string tags, int exitCode) =>
        Assert.Equal(exitCode, (await RunAsync(Good, "--virtual", "--tags", tags)).ExitCode);

    [Fact]
    public async Task Run_WithSchemasThatCannotBeUsed_ExitsWith2AndSaysWhere()
    {
        var end = await RunAsync(Good, "--virtual", "--schemas", _data.Path);

        Assert.Equal(2, end.ExitCode);
        Assert.Contains("--schemas: " + Path.Combine(_data.Path, "index.json"), end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Journal_IsTheSameForTheSameSeed()
    {
        var (first, second) = (Path.Combine(_data.Path, "1"), Path.Combine(_data.Path, "2"));

        await RunAsync(Good, "--virtual", "--seed", "5", "--journal", first);
        await RunAsync(Good, "--virtual", "--seed", "5", "--journal", second);

        Assert.NotEmpty(await File.ReadAllBytesAsync(first));
        Assert.Equal(await File.ReadAllBytesAsync(first), await File.ReadAllBytesAsync(second));
    }

    [Fact]
    public async Task Run_InRealTime_DrawsTheIdsFromTheSeed()
    {
        var (first, second, other) = (await FirstIdAsync("5"), await FirstIdAsync("5"), await FirstIdAsync("6"));

        Assert.Equal(first, second);
        Assert.NotEqual(first, other);

        async Task<string> FirstIdAsync(string seed)
        {
            var path = Path.Combine(_data.Path, "journal");
            await RunAsync(Good, "--seed", seed, "--journal", path);
            return FirstId().Match(await File.ReadAllTextAsync(path)).Value;
        }
    }

    [Fact]
    public async Task Run_JournalThatCannotBeWritten_ExitsWith2InOneLine()
    {
        var end = await RunAsync(Good, "--virtual", "--journal", _data.Path);

        Assert.Equal(2, end.ExitCode);
        Assert.Contains("--journal", Assert.Single(end.Error.Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NotGherkin_ExitsWith2AndNamesTheLine()
    {
        var end = await RunAsync("Feature: Bad\n  Scenario: X\n    Given a\n    nonsense here");

        Assert.Equal(2, end.ExitCode);
        Assert.Contains("test.feature(4,", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ScenarioWhoseOnlyStepIsMisspelt_ExitsWith2AndQuotesIt()
    {
        var end = await RunAsync("Feature: Bad\n  Scenario: X\n    Givn a running device without containers");

        Assert.Equal(2, end.ExitCode);
        Assert.Contains("Givn a running device", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_CtrlC_EndsTheStepAndStillReports()
    {
        var path = Path.Combine(_data.Path, "slow.feature");
        await File.WriteAllTextAsync(path, Good + "\n    Then the device registers 77 containers");
        var journal = Path.Combine(_data.Path, "journal");
        await using var program = RunningProgram.Harness("run", path, "--journal", journal);

        while (!File.Exists(journal))
            await Task.Yield();
        program.Interrupt();
        var end = await program.EndAsync();

        Assert.Equal(130, end.ExitCode);
        Assert.Contains("0 passed", end.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("run", "no-such-place")]
    [InlineData("run", "--colour", "x")]
    [InlineData("walk")]
    public async Task Run_CommandLineThatCannotBe_ExitsWith2InOneLine(params string[] arguments)
    {
        await using var program = RunningProgram.Harness(arguments);

        var end = await program.EndAsync();

        Assert.Equal(2, end.ExitCode);
        Assert.Single(end.Error.Split('\n'));
    }

    public void Dispose() => _data.Dispose();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex FirstId();

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(string feature, params string[] options)
    {
        var path = Path.Combine(_data.Path, "test.feature");
        await File.WriteAllTextAsync(path, feature);
        await using var program = RunningProgram.Harness(["run", path, .. options]);
        return await program.EndAsync();
    }
}

using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Leda.Harness.Tests.Cli.Kills;

/// <summary>Whatever was answered 2xx is there after a SIGKILL under load.</summary>
public sealed partial class KillTests
{
    private const int Writers = 8;
    private const int Lives = 4;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Kill_UnderLoad_LosesNothingThatWasAnswered(int seed)
    {
        using var data = new TemporaryFolder();
#pragma warning disable RS0030 // seeded by the test
        var random = new Random(seed);
#pragma warning restore RS0030
        var writers = Enumerable.Range(0, Writers).Select(n => new KilledWriter(n, seed)).ToList();
        for (var life = 0; life < Lives; life++)
        {
            await using var program = RunningProgram.Harness(
                "up", "--mqtt-port", "0", "--http-port", "0", "--no-device", "--no-connector", "--seed", "7", "--data", data.Path);
            using var http = await ConnectAsync(program);
            foreach (var writer in writers)
                await writer.CompareAsync(http);

            using var enough = new SemaphoreSlim(0);
            var kill = random.Next(200, 1_000);
            var writing = Task.WhenAll(writers.Select(w => w.WriteAsync(http, () => enough.Release())));
            using var net = new CancellationTokenSource(RunningProgram.Net);
            for (var answered = 0; answered < kill; answered++)
                await enough.WaitAsync(net.Token);
            await program.KillAsync();
            await writing;
        }

        await using var last = RunningProgram.Harness(
            "up", "--mqtt-port", "0", "--http-port", "0", "--no-device", "--no-connector", "--seed", "7", "--data", data.Path);
        using var reader = await ConnectAsync(last);
        foreach (var writer in writers)
            await writer.CompareAsync(reader);
        Assert.True(writers.Sum(w => w.Answered) > Lives * 200);
    }

    [Fact]
    public async Task Up_WithAFileThatIsNoDatabase_SaysSoInOneLine()
    {
        using var data = new TemporaryFolder();
        var file = Path.Combine(data.Path, "cloud.db");
        await File.WriteAllTextAsync(file, new string('x', 5_000));
        await using var program = RunningProgram.Harness("up", "--mqtt-port", "0", "--http-port", "0", "--data", data.Path);

        var end = await program.EndAsync();

        Assert.Equal(2, end.ExitCode);
        Assert.Contains(file, Assert.Single(end.Error.Split('\n')), StringComparison.Ordinal);
    }

    private static async Task<HttpClient> ConnectAsync(RunningProgram program)
    {
        var line = await program.LineAsync(line => line.StartsWith("ready ", StringComparison.Ordinal));
        var match = HttpUrl().Match(line ?? "");
        Assert.True(match.Success, $"no ready line, but: {line}{string.Join('\n', program.Errors)}");
        var http = new HttpClient { BaseAddress = new Uri(match.Groups[1].Value), Timeout = RunningProgram.Net };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("ditto:ditto"u8));
        return http;
    }

    [GeneratedRegex(@" http=(\S+) ")]
    private static partial Regex HttpUrl();
}

using Leda.Harness.Hosting;
using Leda.Harness.Tests.Cli;

namespace Leda.Harness.Tests.Check;

/// <summary>Traffic that is judged while it goes on, as <c>mosquitto_sub | leda-harness check -</c> does.</summary>
public sealed class CheckLiveTests
{
    private static readonly string _harness = $"dotnet '{Path.Combine(AppContext.BaseDirectory, "leda-harness.dll")}'";

    [Fact]
    public async Task Check_OpenPipe_ShowsEachMessageAtOnceAndEndsByCtrlC()
    {
        using var folder = new TemporaryFolder();
        var pipe = Path.Combine(folder.Path, "pipe");
        await using var maker = RunningProgram.Other("mkfifo", pipe);
        await maker.EndAsync();
        await using var program = RunningProgram.Other("sh", "-c", $"exec {_harness} check - < '{pipe}'");
        await using var writer = new StreamWriter(new FileStream(pipe, FileMode.Open, FileAccess.Write)) { AutoFlush = true };

        await writer.WriteAsync("edge/thing/response {\n}\n");
        var first = await program.LineAsync(_ => true);
        await writer.WriteAsync("e/t/ns:gw:dev nonsense\n");
        var second = await program.LineAsync(line => line.StartsWith("-:3", StringComparison.Ordinal));
        program.Interrupt();
        var end = await program.EndAsync();

        Assert.Equal("-:1  ERROR  edge/thing/response", first);
        Assert.NotNull(second);
        Assert.Contains("-: 2 messages: 0 OK, 0 WARN, 2 ERROR", end.Output, StringComparison.Ordinal);
        Assert.Equal(1, end.ExitCode);
    }

    [Theory]
    [InlineData("-v")]
    [InlineData("-F %j")]
    [InlineData("-F %J")]
    [InlineData("-F '%I %t %p'")]
    [InlineData("-F '%U %t %p'")]
    public async Task Check_MosquittoSubOnAHarness_JudgesWhatItPrintsInEachOfItsForms(string format)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/mosquitto_sub"), "Debian's mosquitto-clients are not installed.");
        await using var harness = await LedaHarness.StartAsync(
            new HarnessOptions { MqttPort = 0, Http = null, Seed = 1, Device = false, Connector = false }, RealTime.Provider, TestContext.Current.CancellationToken);

        await using var program = RunningProgram.Other(
            "sh", "-c", $"mosquitto_sub -p {harness.MqttPort} -t '#' -C 3 -W 60 {format} | {_harness} check - --all");
        await SubscribedAsync(harness);
        foreach (var message in (string[])["{\"deviceId\":\"ns:gw:dev\",\"tenantId\":\"t\"}", "{\n\"deviceId\": \"ns:gw:dev\",\n\"tenantId\": \"t\"\n}", "{\"deviceId\":\"\"}"])
        {
            await using var publisher = RunningProgram.Other("mosquitto_pub", "-p", $"{harness.MqttPort}", "-t", "edge/thing/response", "-m", message);
            Assert.Equal(0, (await publisher.EndAsync()).ExitCode);
        }

        var end = await program.EndAsync();

        Assert.Equal(1, end.ExitCode);
        Assert.Contains("3 messages: 2 OK, 0 WARN, 1 ERROR", end.Output, StringComparison.Ordinal);
    }

    private static async Task SubscribedAsync(LedaHarness harness) => Assert.NotNull(await harness.Journal.FirstAsync(
        entry => entry is { Kind: Simulator.Journal.JournalKind.Subscribe, Topic: "#" }, 0, RunningProgram.Net));
}

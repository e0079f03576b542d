using Leda.Harness.Device.Engines;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Tests.Engines.Simulated;

public sealed class SimulatedProcessTests
{
    private const long Mebi = 1 << 20;

    private readonly Laboratory _lab = new();

    [Theory]
    [InlineData("SIGTERM", null, 0)]
    [InlineData("SIGTERM", "SIM_EXIT_CODE=143", 143)]
    [InlineData("SIGINT", null, 0)]
    [InlineData("SIGKILL", "SIM_EXIT_CODE=3", 137)]
    [InlineData("SIGTERM", "SIM_IGNORE=SIGTERM,2", null)]
    [InlineData("SIGINT", "SIM_IGNORE=SIGTERM,2", null)]
    [InlineData("SIGKILL", "SIM_IGNORE=SIGTERM,2", 137)]
    public async Task Signal_DefaultCommand_EndsAsTold(string name, string? variable, int? code)
    {
        var process = await _lab.StartAsync(variable is null ? null : [variable]);
        _lab.Pass(100_000);
        Assert.Null(await process.EndAsync());
        Assert.True(Signal.TryParse(name, out var signal));
        await process.SignalAsync(signal);
        Assert.Equal(code is { } c ? new ProcessExit(c) : null, await process.EndAsync());
    }

    [Fact]
    public async Task Exit_AfterItsTime_WithItsCode()
    {
        var process = await _lab.StartAsync(["SIM_EXIT_AFTER=2s", "SIM_EXIT_CODE=3"]);
        _lab.Pass(1.999);
        Assert.Null(await process.EndAsync());
        _lab.Pass(0.001);
        Assert.Equal(new ProcessExit(3), await process.EndAsync());
        Assert.Null(await process.MeasureAsync());
    }

    [Fact]
    public async Task OutOfMemory_AfterItsTime_IsKilled()
    {
        var process = await _lab.StartAsync(["SIM_OOM_AFTER=5s", "SIM_IGNORE=SIGTERM"]);
        _lab.Pass(5);
        Assert.Equal(new ProcessExit(137, OomKilled: true), await process.EndAsync());
    }

    [Theory]
    [InlineData("SIM_EXIT_AFTER=2s", "SIM_OOM_AFTER=5s", false)]
    [InlineData("SIM_EXIT_AFTER=5s", "SIM_OOM_AFTER=2s", true)]
    public async Task Ends_ClockJumps_TheFirstEndCounts(string exit, string oom, bool killed)
    {
        var process = await _lab.StartAsync([exit, oom]);
        _lab.Pass(100);
        Assert.Equal(killed, (await process.EndAsync())!.OomKilled);
    }

    [Fact]
    public async Task OutOfMemory_CurveCrossesTheLimit_IsKilledThere()
    {
        var process = await _lab.StartAsync(["SIM_MEMORY=20M..80M/60s"], memory: "50M");
        _lab.Pass(14.9);
        Assert.Null(await process.EndAsync());
        _lab.Pass(0.2);
        Assert.Equal(new ProcessExit(137, OomKilled: true), await process.EndAsync());
    }

    [Theory]
    [InlineData("80M")]
    [InlineData(null)]
    public async Task OutOfMemory_CurveWithinTheLimit_GoesOn(string? limit)
    {
        var process = await _lab.StartAsync(["SIM_MEMORY=20M..80M/60s"], memory: limit);
        _lab.Pass(600);
        Assert.Null(await process.EndAsync());
    }

    [Fact]
    public async Task Limit_LoweredWhileItRuns_KillsWhatUsesMore()
    {
        var process = await _lab.StartAsync(["SIM_MEMORY=20M..80M/60s"]);
        _lab.Pass(10);
        await process.LimitAsync(new Resources { Memory = "60M" });
        Assert.Equal(60 * Mebi, (await process.UseAsync()).MemoryTotal);
        Assert.Null(await process.EndAsync());
        await process.LimitAsync(null);
        _lab.Pass(60);
        Assert.Null(await process.EndAsync());
        await process.LimitAsync(new Resources { Memory = "30M" });
        Assert.True((await process.EndAsync())!.OomKilled);
    }

    [Fact]
    public async Task Pause_SignalsAndTimes_TakeEffectAfterwards()
    {
        var process = await _lab.StartAsync(["SIM_EXIT_AFTER=2s", "SIM_EXIT_CODE=9"]);
        await process.PauseAsync();
        _lab.Pass(10);
        await process.SignalAsync(Signal.Terminate);
        Assert.Null(await process.EndAsync());
        await process.ResumeAsync();
        Assert.Equal(new ProcessExit(9), await process.EndAsync());
    }

    [Fact]
    public async Task Pause_Kill_WorksAtOnce()
    {
        var process = await _lab.StartAsync();
        await process.PauseAsync();
        await process.SignalAsync(Signal.Kill);
        Assert.Equal(new ProcessExit(137), await process.EndAsync());
    }

    [Fact]
    public async Task Measure_ToldCurves_AreFollowed()
    {
        var process = await _lab.StartAsync(["SIM_CPU=10..30/20s", "SIM_MEMORY=20M..80M/60s"]);
        var start = await process.UseAsync();
        _lab.Pass(15);
        var later = await process.UseAsync();

        // Ten seconds from 10 to 30 percent, five more down to 20.
        Assert.Equal(((10 * 20) + (5 * 25)) / 15.0, Percent(start, later), 6);
        Assert.Equal((20 * Mebi, 50 * Mebi), (start.MemoryUsed, later.MemoryUsed));
        Assert.Equal(8192 * Mebi, later.MemoryTotal);
        Assert.True(later.NetworkRead > start.NetworkRead && later.NetworkWritten > start.NetworkWritten);
        Assert.Equal((null, null), (later.IoRead, later.IoWritten));
        Assert.InRange(later.Pids, 1, 2);

        _lab.Pass(5 + 45);
        Assert.Equal(20, Percent(start, await process.UseAsync()), 0);
    }

    [Fact]
    public async Task Measure_ToldNothing_IsLittleAndFarFromTheSmallestLimit()
    {
        var process = await _lab.StartAsync(memory: "3M");
        var start = await process.UseAsync();
        for (var i = 0; i < 100; i++)
        {
            _lab.Pass(1.7);
            Assert.InRange((await process.UseAsync()).MemoryUsed, 1, 3 * Mebi);
            Assert.InRange(Percent(start, await process.UseAsync()), 0.001, 1);
        }

        Assert.Null(await process.EndAsync());
    }

    [Fact]
    public async Task Measure_Paused_NoProcessorIsUsed()
    {
        var process = await _lab.StartAsync(["SIM_CPU=50"]);
        _lab.Pass(1);
        await process.PauseAsync();
        var frozen = await process.UseAsync();
        _lab.Pass(100);
        Assert.Equal(0, Percent(frozen, await process.UseAsync()));
        Assert.Equal(frozen.NetworkRead, (await process.UseAsync()).NetworkRead);
        await process.ResumeAsync();
        var thawed = await process.UseAsync();
        _lab.Pass(1);
        Assert.Equal(50, Percent(thawed, await process.UseAsync()), 6);
    }

    private static double Percent(ResourceUsage from, ResourceUsage to) =>
        (to.CpuTime - from.CpuTime) / (to.MachineCpuTime - from.MachineCpuTime) * 100;
}

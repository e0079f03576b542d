using Leda.Harness.Device.Engines;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Tests.Engines.Containerd;

/// <summary>What containers may use and what they do use.</summary>
public sealed class ResourceTests(OwnContainerd machine)
{
    private const long Megabyte = 1024 * 1024;

    [Fact]
    public async Task Memory_MoreThanAllowed_OomKilled()
    {
        await using var world = await EngineWorld.OpenAsync(machine);

        var process = await world.RunAsync(new ContainerConfig
        {
            Cmd = ["dd", "if=/dev/zero", "of=/dev/null", "bs=100M", "count=1"],
            Resources = new Resources { Memory = "16M", MemorySwap = "16M" },
        });

        Assert.Equal(new ProcessExit(137, OomKilled: true), await process.Exited.WaitAsync(EngineWorld.Net));
    }

    [Fact]
    public async Task Kill_WithMemoryLimit_IsNotOom()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        var process = await world.RunAsync(new ContainerConfig { Resources = new Resources { Memory = "16M" } });

        await process.SignalAsync(Signal.Kill);

        Assert.Equal(new ProcessExit(137), await process.Exited.WaitAsync(EngineWorld.Net));
    }

    [Fact]
    public async Task Limit_WhileRunning_TakesEffectAndIsLifted()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        var process = await world.RunAsync();
        var machineMemory = (await process.MeasureAsync())!.MemoryTotal;

        await process.LimitAsync(new Resources { Memory = "32M", MemoryReservation = "8M", MemorySwap = "64M" });
        Assert.Equal(32 * Megabyte, (await process.MeasureAsync())!.MemoryTotal);
        await process.LimitAsync(new Resources { Memory = "48M", MemorySwap = "-1" });
        Assert.Equal(48 * Megabyte, (await process.MeasureAsync())!.MemoryTotal);
        await process.LimitAsync(null);

        Assert.Equal(machineMemory, (await process.MeasureAsync())!.MemoryTotal);
        Assert.InRange(machineMemory, 64 * Megabyte, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes * 16);
    }

    [Fact]
    public async Task Measure_BusyContainer_CountsWhatItDoes()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        var process = await world.RunAsync(EngineWorld.Script("echo ready; i=0; while :; do i=$((i+1)); test $i = 200000 && echo busy; done") with
        {
            Resources = new Resources { Memory = "32M" },
        });
        await world.Output.UntilAsync("ready");
        var before = await process.MeasureAsync();
        await world.Output.UntilAsync("busy");
        var after = await process.MeasureAsync();

        Assert.NotNull(before);
        Assert.NotNull(after);
        Assert.True(after.CpuTime > before.CpuTime, $"{before} {after}");
        Assert.True(after.MachineCpuTime >= after.CpuTime - before.CpuTime, $"{before} {after}");
        Assert.Equal(32 * Megabyte, after.MemoryTotal);
        Assert.InRange(after.MemoryUsed, 1, 32 * Megabyte);
        Assert.Equal(1, after.Pids);
        Assert.Equal(0, after.NetworkRead);
        Assert.Equal(0, after.NetworkWritten);
    }

    [Fact]
    public async Task Measure_HostNetworkOrEnded_NotTold()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        var process = await world.RunAsync(new ContainerConfig { NetworkMode = "HOST" });

        var usage = await process.MeasureAsync();
        await process.SignalAsync(Signal.Kill);
        await process.Exited.WaitAsync(EngineWorld.Net);

        Assert.NotNull(usage);
        Assert.Null(usage.NetworkRead);
        Assert.Null(await process.MeasureAsync());
    }
}

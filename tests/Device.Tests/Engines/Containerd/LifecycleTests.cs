using Leda.Harness.Device.Engines;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Tests.Engines.Containerd;

/// <summary>Real containers from their making to their removal.</summary>
public sealed class LifecycleTests(OwnContainerd machine)
{
    private static readonly ContainerConfig _stubborn = EngineWorld.Script("trap '' TERM; echo deaf; while :; do sleep 1; done");

    [Fact]
    public async Task Start_UsualImage_GreetsAndEndsWhenTold()
    {
        await using var world = await EngineWorld.OpenAsync(machine);

        var process = await world.RunAsync();
        await world.Output.UntilAsync("hello from busybox");
        Assert.True(Directory.Exists($"/proc/{process.Pid}"));
        Assert.False(process.Exited.IsCompleted);
        await process.SignalAsync(Signal.Terminate);

        Assert.Equal(new ProcessExit(0), await process.Exited.WaitAsync(EngineWorld.Net));
        Assert.Equal(["stdout: hello from busybox\n"], world.Output.All());
    }

    [Fact]
    public async Task Exit_WithCode_IsTold()
    {
        await using var world = await EngineWorld.OpenAsync(machine);

        var process = await world.RunAsync(EngineWorld.Script("echo out; echo err >&2; printf last; exit 7"));

        Assert.Equal(new ProcessExit(7), await process.Exited.WaitAsync(EngineWorld.Net));
        Assert.Equal(["stderr: err\n", "stdout: last", "stdout: out\n"], world.Output.All().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Start_Again_KeepsTheFiles()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        var container = await world.PrepareAsync(EngineWorld.Script("echo run >> /runs; cat /runs | wc -l"));

        for (var run = 1; run <= 3; run++)
        {
            var process = await world.StartAsync(container);
            await process.Exited.WaitAsync(EngineWorld.Net);
        }

        Assert.Equal(["stdout: 1\n", "stdout: 2\n", "stdout: 3\n"], world.Output.All());
    }

    [Fact]
    public async Task Signal_Ignored_OnlyKillEndsIt()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        var process = await world.RunAsync(_stubborn);
        await world.Output.UntilAsync("deaf");

        await process.SignalAsync(Signal.Terminate);
        Assert.NotNull(await process.MeasureAsync());
        Assert.False(process.Exited.IsCompleted);
        await process.SignalAsync(Signal.Kill);

        Assert.Equal(new ProcessExit(137), await process.Exited.WaitAsync(EngineWorld.Net));
        await process.SignalAsync(Signal.Kill);
        Assert.Empty(world.Log);
    }

    [Fact]
    public async Task Pause_WritesNothing_ResumeGoesOn()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        var process = await world.RunAsync(EngineWorld.Script("trap 'echo told; exit 3' TERM; echo ready; while :; do sleep 0.05; done"));
        await world.Output.UntilAsync("ready");

        await process.PauseAsync();
        await process.SignalAsync(Signal.Terminate);
        Assert.NotNull(await process.MeasureAsync());
        Assert.Single(world.Output.All());
        Assert.False(process.Exited.IsCompleted);
        await process.ResumeAsync();

        Assert.Equal(new ProcessExit(3), await process.Exited.WaitAsync(EngineWorld.Net));
        await world.Output.UntilAsync("told");
    }

    [Fact]
    public async Task Kill_WhilePaused_Ends()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        var process = await world.RunAsync();
        await process.PauseAsync();

        await process.SignalAsync(Signal.Kill);

        Assert.Equal(137, (await process.Exited.WaitAsync(EngineWorld.Net)).Code);
    }

    [Fact]
    public async Task Resume_NotPaused_IsAnError()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        var process = await world.RunAsync();

        await Assert.ThrowsAsync<EngineException>(process.ResumeAsync);
    }

    [Fact]
    public async Task Start_NoSuchProgram_SaysWhichAndLeavesNoTask()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        var container = await world.PrepareAsync(new ContainerConfig { Cmd = ["/no/such/program"] });

        var error = await Assert.ThrowsAsync<EngineException>(() => world.StartAsync(container));

        Assert.Contains("/no/such/program", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(container.Id, await world.ControlAsync("tasks", "list"), StringComparison.Ordinal);
        Assert.Equal([container.Id], await world.Engine.ListAsync());
    }

    [Fact]
    public async Task Remove_Running_NothingIsLeft()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        var container = await world.PrepareAsync(_stubborn);
        var process = await world.StartAsync(container);

        await world.Engine.RemoveAsync(container.Id);
        await world.Engine.RemoveAsync(container.Id);

        Assert.Equal(137, (await process.Exited.WaitAsync(EngineWorld.Net)).Code);
        Assert.Empty(await world.Engine.ListAsync());
        Assert.DoesNotContain(container.Id, await world.ControlAsync("tasks", "list"), StringComparison.Ordinal);
        Assert.DoesNotContain(container.Id, await world.ControlAsync("containers", "list"), StringComparison.Ordinal);
        Assert.DoesNotContain(container.Id, await world.ControlAsync("snapshots", "list"), StringComparison.Ordinal);
        Assert.False(Directory.Exists($"/proc/{process.Pid}"));
    }

    [Fact]
    public async Task List_TwoDevices_EachSeesItsOwn()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        await using var other = await EngineWorld.OtherAsync(world);
        var ours = await world.PrepareAsync();
        var theirs = await other.PrepareAsync();

        await world.Engine.RemoveAsync(theirs.Id);

        Assert.Equal([ours.Id], await world.Engine.ListAsync());
        Assert.Equal([theirs.Id], await other.Engine.ListAsync());
        var error = await Assert.ThrowsAsync<EngineException>(() => world.Engine.PrepareAsync(theirs));
        Assert.Contains(theirs.Id, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attach_StillRunning_SameProcessAndOutputGoesOn()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        var container = await world.PrepareAsync(EngineWorld.Script("trap 'exit 5' TERM; i=0; while :; do i=$((i+1)); echo line $i; sleep 0.05; done"));
        var first = await world.StartAsync(container);
        await world.Output.UntilAsync("line 2\n");

        await world.RestartAsync();
        var second = await world.Engine.AttachAsync(container, world.Output);

        Assert.NotNull(second);
        Assert.Equal(first.Pid, second.Pid);
        Assert.False(second.Exited.IsCompleted);
        var last = int.Parse(world.Output.All()[^1].Split(' ')[2]);
        await world.Output.UntilAsync($"line {last + 5}\n");
        await second.SignalAsync(Signal.Terminate);
        Assert.Equal(new ProcessExit(5), await second.Exited.WaitAsync(EngineWorld.Net));
        Assert.False(first.Exited.IsCompleted);
        Assert.Equal(Enumerable.Range(1, world.Output.All().Count).Select(i => $"stdout: line {i}\n"), world.Output.All());
    }

    [Fact]
    public async Task Attach_EndedMeanwhile_ExitIsKnownAtOnce()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        var container = await world.PrepareAsync(EngineWorld.Script("echo ready; while test ! -e /go; do sleep 0.05; done; exit 9"));
        var process = await world.StartAsync(container);
        await world.Output.UntilAsync("ready");
        await world.Engine.DisposeAsync();
        await File.WriteAllTextAsync($"/proc/{process.Pid}/root/go", "");
        while (!(await world.ControlAsync("tasks", "list")).Split('\n').Single(l => l.StartsWith(container.Id, StringComparison.Ordinal)).Contains("STOPPED", StringComparison.Ordinal))
            await Task.Yield();

        await world.RestartAsync();
        var found = await world.Engine.AttachAsync(container, world.Output);

        Assert.NotNull(found);
        Assert.True(found.Exited.IsCompleted);
        Assert.Equal(new ProcessExit(9), await found.Exited);
        Assert.Null(await world.Engine.AttachAsync(container, world.Output));
    }

    [Fact]
    public async Task Attach_NeverStarted_NoProcess()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        var container = await world.PrepareAsync();

        Assert.Null(await world.Engine.AttachAsync(container, world.Output));
        Assert.Null(await world.Engine.AttachAsync(EngineWorld.Describe(), world.Output));
    }

    [Fact]
    public async Task Start_StaleTaskOfAnEarlierRun_IsReplaced()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        var container = await world.PrepareAsync();
        var first = await world.StartAsync(container);
        await world.RestartAsync();

        var second = await world.StartAsync(container);

        Assert.NotEqual(first.Pid, second.Pid);
        Assert.False(Directory.Exists($"/proc/{first.Pid}"));
        await world.Output.UntilAsync("hello from busybox");
    }

    [Fact]
    public async Task Start_ContainerdWasWiped_IsMadeAnew()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        var container = await world.PrepareAsync();
        await world.ControlAsync("containers", "delete", container.Id);

        var process = await world.StartAsync(container);

        await world.Output.UntilAsync("hello from busybox");
        Assert.False(process.Exited.IsCompleted);
        Assert.Contains(container.Id, Assert.Single(world.Log), StringComparison.Ordinal);
    }
}

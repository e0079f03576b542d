using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Engines;
using Leda.Harness.Device.Tests.Support;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Tests.Containers;

/// <summary>Rows of the reference's table of lifecycle messages (section 4) that are about processes that end and restarts.</summary>
public sealed class LifecycleRowsTests
{
    [Fact]
    public void Row_ExitsByItselfPolicyNo_TellsCodeAndTimeAndNoPid() => World.Run(async world =>
    {
        var engine = new ScriptedEngine();
        await using var device = await world.StartRegisteredAsync(new DeviceOptions { Engine = engine });
        var id = await CreateAsync(world, "NO");
        world.Forget();

        engine.Processes[0].Exit(3);
        await world.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(["EXITED"], world.States(id));
        var state = device.Containers[0].State;
        Assert.Equal((-1, 3, null, false), (state.Pid, state.ExitCode, state.Error, state.OomKilled));
        Assert.NotNull(state.FinishedAt);
    });

    [Theory]
    [InlineData(null, "OOM Killed")]
    [InlineData("something else", "something else")]
    public void Row_OomKill_IsTold(string? error, string told) => World.Run(async world =>
    {
        var engine = new ScriptedEngine();
        await using var device = await world.StartRegisteredAsync(new DeviceOptions { Engine = engine });
        var id = await CreateAsync(world, "NO");
        world.Forget();

        engine.Processes[0].Exit(new ProcessExit(137, OomKilled: true, error));
        await world.SettleAsync();

        Assert.Equal(["EXITED"], world.States(id));
        var state = device.Containers[0].State;
        Assert.Equal((137, true, told), (state.ExitCode, state.OomKilled, state.Error));
    });

    [Fact]
    public void Row_StartAfterAnOomKill_ForgetsAllButTheEndOfTheLastRun() => World.Run(async world =>
    {
        var engine = new ScriptedEngine();
        await using var device = await world.StartRegisteredAsync(new DeviceOptions { Engine = engine });
        var id = await CreateAsync(world, "NO");
        engine.Processes[0].Exit(new ProcessExit(137, OomKilled: true));
        await world.PassAsync(TimeSpan.FromSeconds(1));
        var finished = device.Containers[0].State.FinishedAt;

        await world.InvokeAsync($"Container:{id}", "start");

        var state = device.Containers[0].State;
        Assert.Equal(("RUNNING", null, 0, false, finished), (state.Status, state.Error, state.ExitCode, state.OomKilled, state.FinishedAt));
    });

    [Fact]
    public void Row_ExitsByItselfRestartApplies_FinishedAtStaysWhileItRuns() => World.Run(async world =>
    {
        var engine = new ScriptedEngine();
        await using var device = await world.StartRegisteredAsync(new DeviceOptions { Engine = engine });
        var id = await CreateAsync(world, "UNLESS_STOPPED");
        world.Forget();

        engine.Processes[0].Exit(0);
        await world.SettleAsync();
        var finished = device.Containers[0].State.FinishedAt;
        await world.PassAsync(TimeSpan.FromMilliseconds(100));

        Assert.Equal(["EXITED", "RUNNING"], world.States(id));
        Assert.NotNull(finished);
        Assert.Equal(finished, device.Containers[0].State.FinishedAt);
        Assert.Equal(1, device.Containers[0].RestartCount);
    });

    [Fact]
    public void Row_AutomaticRestartFails_IsToldTwiceAndNotTriedAgain() => World.Run(async world =>
    {
        var engine = new ScriptedEngine();
        await using var device = await world.StartRegisteredAsync(new DeviceOptions { Engine = engine });
        var id = await CreateAsync(world, "ALWAYS");
        world.Forget();
        engine.StartFailure = "no runtime";

        engine.Processes[0].Exit(1);
        await world.PassAsync(TimeSpan.FromMilliseconds(100));
        engine.StartFailure = null;
        await world.PassAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(["EXITED", "STOPPED", "STOPPED"], world.States(id));
        Assert.Equal("no runtime", device.Containers[0].State.Error);
        Assert.Single(engine.Processes);
    });

    [Fact]
    public void Row_AutomaticRestartFailsForWantOfNetwork_IsToldOnce() => World.Run(async world =>
    {
        var engine = new ScriptedEngine { StartFailureIsOfNetwork = true };
        await using var device = await world.StartRegisteredAsync(new DeviceOptions { Engine = engine });
        var id = await CreateAsync(world, "ALWAYS");
        world.Forget();
        engine.StartFailure = "port 80 is in use";

        engine.Processes[0].Exit(1);
        await world.PassAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(["EXITED", "STOPPED"], world.States(id));
        Assert.Equal("port 80 is in use", device.Containers[0].State.Error);
    });

    [Fact]
    public void Row_StartFailsWhileAttachingTheNetwork_NoStateAndStatus500() => World.Run(async world =>
    {
        var engine = new ScriptedEngine { StartFailure = "port 80 is in use", StartFailureIsOfNetwork = true };
        await using var device = await world.StartRegisteredAsync(new DeviceOptions { Engine = engine });
        var id = await world.CreateAsync(start: true);
        Assert.Equal(["CREATED"], world.States(id));
        world.Forget();

        var answer = await world.InvokeAsync($"Container:{id}", "start");

        Assert.Equal((500, "port 80 is in use"), (answer.Status, answer.Message));
        Assert.Empty(world.States(id));
    });

    [Fact]
    public void Row_StartWhileARestartIsPending_StoppedWithTheReasonThenRunningAndOnlyOnce() => World.Run(async world =>
    {
        var engine = new ScriptedEngine();
        await using var device = await world.StartRegisteredAsync(new DeviceOptions { Engine = engine });
        var id = await CreateAsync(world, "ALWAYS");
        engine.Processes[0].Exit(1);
        await world.SettleAsync();
        world.Forget();

        var answer = await world.InvokeAsync($"Container:{id}", "start");
        var stopped = world.Published.First(o => System.Text.Encoding.UTF8.GetString(o.Payload.Span).Contains("STOPPED", StringComparison.Ordinal));
        await world.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(204, answer.Status);
        Assert.Equal(["STOPPED", "RUNNING"], world.States(id));
        Assert.Contains("container's restart manager is canceled", System.Text.Encoding.UTF8.GetString(stopped.Payload.Span), StringComparison.Ordinal);
        Assert.Equal(2, engine.Processes.Count);
        Assert.Equal(0, device.Containers[0].RestartCount);
    });

    [Theory]
    [InlineData("NO", "ALWAYS", 0, true)]
    [InlineData("NO", "UNLESS_STOPPED", 0, false)]
    [InlineData("UNLESS_STOPPED", "ON_FAILURE", 143, true)]
    [InlineData("UNLESS_STOPPED", "ON_FAILURE", 0, false)]
    public void Row_UpdateOfAStoppedOne_NewPolicyIsAskedAtOnce(string before, string after, int exitCode, bool starts) => World.Run(async world =>
    {
        var engine = new ScriptedEngine { Obeys = new() { [Signal.Terminate] = exitCode } };
        await using var device = await world.StartRegisteredAsync(new DeviceOptions { Engine = engine });
        var id = await CreateAsync(world, before);
        await world.InvokeAsync($"Container:{id}", "stop");
        world.Forget();

        await world.InvokeAsync($"Container:{id}", "update", $$$"""{"restartPolicy":{"type":"{{{after}}}"}}""");
        await world.PassAsync(TimeSpan.FromMilliseconds(99));
        Assert.Equal([$"Container:{id}/properties/status/config"], world.Told);
        await world.PassAsync(TimeSpan.FromMilliseconds(1));

        Assert.Equal(starts ? ["RUNNING"] : [], world.States(id));
    });

    [Fact]
    public void Row_UpdateOfACreatedOne_DoesNotStartIt() => World.Run(async world =>
    {
        var engine = new ScriptedEngine();
        await using var device = await world.StartRegisteredAsync(new DeviceOptions { Engine = engine });
        var id = await world.CreateAsync();

        await world.InvokeAsync($"Container:{id}", "update", """{"restartPolicy":{"type":"ALWAYS"}}""");
        await world.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Empty(engine.Processes);
    });

    [Fact]
    public void Row_UpdateToNoWhileARestartIsPending_ItDoesNotComeBack() => World.Run(async world =>
    {
        var engine = new ScriptedEngine();
        await using var device = await world.StartRegisteredAsync(new DeviceOptions { Engine = engine });
        var id = await CreateAsync(world, "ALWAYS");
        engine.Processes[0].Exit(1);
        await world.SettleAsync();

        await world.InvokeAsync($"Container:{id}", "update", """{"restartPolicy":{"type":"NO"}}""");
        await world.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Single(engine.Processes);
    });

    [Fact]
    public void Pause_CeilingOfNanoseconds_IsStillAPause()
    {
        var policy = new RestartPolicy { Type = "ALWAYS", RetryTimeout = 30e-9 };

        Assert.Equal(TimeSpan.FromMilliseconds(1), RestartRules.Pause(policy, TimeSpan.Zero, TimeSpan.Zero));
    }

    private static async Task<string> CreateAsync(World world, string policy)
    {
        var answer = await world.InvokeAsync(
            "ContainerFactory", "createWithConfig", $$$$"""{"imageRef":"a/b:1","start":true,"config":{"restartPolicy":{"type":"{{{{policy}}}}"}}}""");
        return answer.Envelope.Value!.Value.GetString()!;
    }
}

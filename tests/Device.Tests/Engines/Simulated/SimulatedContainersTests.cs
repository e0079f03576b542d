using System.Text.Json;
using Leda.Harness.Device.Tests.Support;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Device.Tests.Engines.Simulated;

/// <summary>What a client over MQTT sees of containers that were told what to do.</summary>
public sealed class SimulatedContainersTests
{
    [Fact]
    public void ExitAfter_Container_ExitsWithItsCode() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        var id = await CreateAsync(world, """{"env":["SIM_EXIT_AFTER=2s","SIM_EXIT_CODE=3"],"restartPolicy":{"type":"NO"}}""");
        await world.PassAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(["CREATED", "RUNNING", "EXITED"], world.States(id));
        Assert.Equal(3, LastState(world).GetProperty("exitCode").GetInt32());
    });

    [Fact]
    public void MemoryCurve_AboveTheLimit_IsOomKilled() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        var id = await CreateAsync(world, """{"env":["SIM_MEMORY=20M..80M/60s"],"resources":{"memory":"50M"},"restartPolicy":{"type":"NO"}}""");
        await world.PassAsync(TimeSpan.FromSeconds(16));
        Assert.Equal(["CREATED", "RUNNING", "EXITED"], world.States(id));
        Assert.Equal(
            (137, true, "OOM Killed"),
            (LastState(world).GetProperty("exitCode").GetInt32(), LastState(world).GetProperty("oomKilled").GetBoolean(), LastState(world).GetProperty("error").GetString()));
    });

    [Fact]
    public void Command_EndsAgainAndAgain_IsRestartedWithGrowingPauses() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        var id = await CreateAsync(world, """{"cmd":["sh","-c","sleep 1; false"],"restartPolicy":{"type":"ON_FAILURE","maxRetryCount":2}}""");
        for (var i = 0; i < 100; i++)
            await world.PassAsync(TimeSpan.FromMilliseconds(100));
        Assert.Equal(["CREATED", "RUNNING", "EXITED", "RUNNING", "EXITED", "RUNNING", "EXITED"], world.States(id));
    });

    [Theory]
    [InlineData("""{"env":["SIM_IGNORE=SIGTERM"]}""")]
    [InlineData("""{"cmd":["sleep","1000"]}""")]
    public void Stop_SigtermIgnored_FailsAfterHalfAMinuteAndByForceWorks(string config) => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        var id = await CreateAsync(world, config);
        await world.CommandAsync("""{"correlation-id":"c","response-required":true}""", $"/features/Container:{id}/inbox/messages/stop");
        await world.PassAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(500, world.LastAnswer.Status);
        Assert.Equal(["CREATED", "RUNNING"], world.States(id));

        await world.CommandAsync(
            """{"correlation-id":"d","response-required":true,"content-type":"application/json"}""",
            $"/features/Container:{id}/inbox/messages/stopWithOptions",
            """{"timeout":5,"force":true}""");
        await world.PassAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(204, world.LastAnswer.Status);
        Assert.Equal(137, LastState(world).GetProperty("exitCode").GetInt32());
    });

    [Fact]
    public void StartError_CreateAndStart_Is200AndTheStateTellsWhy() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        var id = await CreateAsync(world, """{"env":["SIM_START_ERROR=exec format error"]}""");
        Assert.Equal(["CREATED", "STOPPED"], world.States(id));
        Assert.Equal("exec format error", LastState(world).GetProperty("error").GetString());
    });

    [Theory]
    [InlineData("a/b:1", "SIM_PULL_ERROR=no space left", "no space left")]
    [InlineData("a/nosuch:1", "A=b", "failed to resolve reference \"a/nosuch:1\": a/nosuch:1: not found")]
    [InlineData("a/b:1", "SIM_EXIT_AFTER=2", "the simulation does not understand SIM_EXIT_AFTER=2: time: missing unit in duration \"2\"; expected a duration such as 2s or 1m30s")]
    public void Create_ImageThatCannotBeHadOrWordsNotUnderstood_Is500AndNothingElse(string image, string variable, string problem) => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        var answer = await world.InvokeAsync("ContainerFactory", "createWithConfig", $$$"""{"imageRef":"{{{image}}}","config":{"env":["{{{variable}}}"]}}""");
        Assert.Equal((500, "messages:execution.failed", problem), (answer.Status, answer.Error, answer.Message));
        Assert.Single(world.Published);
    });

    [Fact]
    public void SlowPull_DeviceStopsMeanwhile_ItIsAnsweredAndTheDeviceEnds() => World.Run(async world =>
    {
        var device = await world.StartRegisteredAsync();
        await world.CommandAsync(
            """{"correlation-id":"c","response-required":true,"content-type":"application/json"}""",
            "/features/ContainerFactory/inbox/messages/createWithConfig",
            """{"imageRef":"a/b:1","config":{"env":["SIM_PULL_TIME=1h"]}}""");
        Assert.Empty(world.Published);
        await device.DisposeAsync();
        Assert.Equal((500, "the container is not created, the device is stopping"), (world.LastAnswer.Status, world.LastAnswer.Message));
        Assert.DoesNotContain(world.Log, line => line.Contains("unexpected", StringComparison.Ordinal));
    });

    private static async Task<string> CreateAsync(World world, string config)
    {
        var answer = await world.InvokeAsync("ContainerFactory", "createWithConfig", $$$"""{"imageRef":"a/b:1","start":true,"config":{{{config}}}}""");
        Assert.Equal(200, answer.Status);
        return answer.Envelope.Value!.Value.GetString()!;
    }

    private static JsonElement LastState(World world) => world.Published.Select(o => Envelope.Parse(o.Payload.Span))
        .Last(e => e.Path.EndsWith("/properties/status/state", StringComparison.Ordinal)).Value!.Value;
}

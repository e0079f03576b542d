using System.Text;
using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Engines;
using Leda.Harness.Device.Tests.Support;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Device.Tests.Containers;

/// <summary>Sections 4 and 5 of the reference, seen from the cloud.</summary>
public sealed class LifecycleTests
{
    [Theory]
    [InlineData(4_000_000)]
    [InlineData(5_000_000)] // More than a timer of .NET can wait.
    [InlineData(int.MaxValue)]
    public void StopWithOptions_MorePatienceThanAnybodyHas_StopsAsUsual(int seconds) => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        var id = await world.CreateAsync(start: true);
        world.Forget();

        var answer = await world.InvokeAsync($"Container:{id}", "stopWithOptions", $$"""{"timeout":{{seconds}}}""");

        Assert.Equal(204, answer.Status);
        Assert.Equal([ContainerState.Stopped], world.States(id));
    });

    [Fact]
    public void Create_WithStart_IsCreatedBeforeItRuns() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();

        var id = await world.CreateAsync(start: true);

        Assert.Equal(
            [$"Container:{id}", $"Container:{id} CREATED", $"Container:{id} RUNNING"],
            world.Told.FindAll(t => t.StartsWith("Container", StringComparison.Ordinal)));
    });

    [Fact]
    public void Create_StartFails_Is200AndTheStateSaysWhy() => World.Run(async world =>
    {
        var engine = new ScriptedEngine { StartFailure = "no such image" };
        await using var device = await world.StartRegisteredAsync(new DeviceOptions { Engine = engine });

        var id = await world.CreateAsync(start: true);

        Assert.Equal(200, world.LastAnswer.Status);
        Assert.Equal(["CREATED", "STOPPED"], world.States(id));
        Assert.Equal("no such image", device.Containers[0].State.Error);
        var start = await world.InvokeAsync($"Container:{id}", "start");
        Assert.Equal((500, "no such image"), (start.Status, start.Message));
    });

    [Fact]
    public void Stop_DoesNotObey_Is500AfterThirtySecondsAndTheLateEndIsAnExit() => World.Run(async world =>
    {
        var engine = new ScriptedEngine { Obeys = [] };
        await using var device = await world.StartRegisteredAsync(new DeviceOptions { Engine = engine });
        var id = await world.CreateAsync(start: true);
        world.Forget();

        await world.CommandAsync("""{"correlation-id":"c","response-required":true}""", $"/features/Container:{id}/inbox/messages/stop");
        await world.PassAsync(TimeSpan.FromSeconds(29.9));
        Assert.Empty(world.Seen);
        await world.PassAsync(TimeSpan.FromSeconds(0.2));
        Assert.Equal((500, $"could not stop container with ID = {id} with SIGTERM"), (world.LastAnswer.Status, world.LastAnswer.Message));
        Assert.Equal([Signal.Terminate], engine.Processes[0].Signals);

        engine.Processes[0].Exit(143);
        await world.SettleAsync();
        Assert.Equal(["EXITED"], world.States(id));
        Assert.Equal(143, device.Containers[0].State.ExitCode);
    });

    [Theory]
    [InlineData("Created")]
    [InlineData("Stopped")]
    public void Stop_NotRunning_Is500WithItsState(string state) => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        var id = await world.CreateAsync(start: state == "Stopped");
        if (state == "Stopped")
            await world.InvokeAsync($"Container:{id}", "stop");

        var answer = await world.InvokeAsync($"Container:{id}", "stop");

        Assert.Equal((500, $"cannot perform stop operation for container: {id}, with state: {state}"), (answer.Status, answer.Message));
    });

    [Fact]
    public void Remove_RunningByForce_IsDeadWithItsLastPidAndNeverStopped() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        var id = await world.CreateAsync(start: true);
        var pid = device.Containers[0].State.Pid;
        world.Forget();

        Assert.Equal(204, (await world.InvokeAsync($"Container:{id}", "remove", "true")).Status);

        Assert.Equal(
            [$"Container:{id} DEAD", "SoftwareUpdatable/properties/status/installedDependencies", $"Container:{id} deleted"],
            world.Told);
        Assert.Contains($"\"status\":\"DEAD\",\"pid\":{pid}", Encoding.UTF8.GetString(world.Published[0].Payload.Span), StringComparison.Ordinal);
        Assert.Equal(400, (await world.InvokeAsync($"Container:{id}", "start")).Status);
    });

    [Fact]
    public void Remove_DoesNotObey_IsKilledAfterThirtySeconds() => World.Run(async world =>
    {
        var engine = new ScriptedEngine { Obeys = new() { [Signal.Kill] = 137 } };
        await using var device = await world.StartRegisteredAsync(new DeviceOptions { Engine = engine });
        var id = await world.CreateAsync(start: true);

        await world.CommandAsync("""{"correlation-id":"c","content-type":"application/json"}""", $"/features/Container:{id}/inbox/messages/remove", "true");
        await world.PassAsync(TimeSpan.FromSeconds(30));

        Assert.Equal([Signal.Terminate, Signal.Kill], engine.Processes[0].Signals);
        Assert.Empty(device.Containers);
    });

    [Fact]
    public void Rename_OtherName_TellsTheNameAndNothingElse() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        var id = await world.CreateAsync();
        world.Forget();

        await world.InvokeAsync($"Container:{id}", "rename", "\"new_name\"");
        await world.InvokeAsync($"Container:{id}", "rename", "\"new_name\"");
        await world.InvokeAsync($"Container:{id}", "rename", "\"\"");
        await world.InvokeAsync($"Container:{id}", "rename");

        Assert.Equal([$"Container:{id}/properties/status/name"], world.Told);
        Assert.Equal(204, world.LastAnswer.Status);
        Assert.Equal(("new_name", $"{id}-host"), (device.Containers[0].Name, device.Containers[0].Config.HostName));
    });

    [Theory]
    [InlineData("NO", 0, false)]
    [InlineData("NO", 1, false)]
    [InlineData("ALWAYS", 0, true)]
    [InlineData("UNLESS_STOPPED", 0, true)]
    [InlineData("ON_FAILURE", 0, false)]
    [InlineData("ON_FAILURE", 1, true)]
    public void Exit_ByItself_IsRestartedAsThePolicySays(string policy, int exitCode, bool restarted) => World.Run(async world =>
    {
        var engine = new ScriptedEngine();
        await using var device = await world.StartRegisteredAsync(new DeviceOptions { Engine = engine });
        var id = await CreateWithPolicyAsync(world, policy);
        world.Forget();

        engine.Processes[0].Exit(exitCode);
        await world.PassAsync(TimeSpan.FromMilliseconds(99));
        Assert.Equal(["EXITED"], world.States(id));
        await world.PassAsync(TimeSpan.FromMilliseconds(1));

        Assert.Equal(restarted ? ["EXITED", "RUNNING"] : ["EXITED"], world.States(id));
    });

    [Theory]
    [InlineData("NO", 143, false)]
    [InlineData("UNLESS_STOPPED", 143, false)]
    [InlineData("ON_FAILURE", 0, false)]
    [InlineData("ON_FAILURE", 143, true)]
    [InlineData("ALWAYS", 0, true)]
    public void Stop_ByHand_ComesBackAsThePolicySays(string policy, int exitCode, bool restarted) => World.Run(async world =>
    {
        var engine = new ScriptedEngine { Obeys = new() { [Signal.Terminate] = exitCode } };
        await using var device = await world.StartRegisteredAsync(new DeviceOptions { Engine = engine });
        var id = await CreateWithPolicyAsync(world, policy);
        world.Forget();

        await world.InvokeAsync($"Container:{id}", "stop");
        await world.PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(restarted ? ["STOPPED", "RUNNING"] : ["STOPPED"], world.States(id));
    });

    [Fact]
    public void Exit_AgainAndAgain_PausesDoubleUpToTheCeilingAndAGoodRunForgivesAll() => World.Run(async world =>
    {
        var engine = new ScriptedEngine();
        await using var device = await world.StartRegisteredAsync(new DeviceOptions { Engine = engine });
        await CreateWithPolicyAsync(world, "ALWAYS", "\"retryTimeout\":1.9");

        foreach (var pause in new[] { 100, 200, 400, 800, 1000, 1000 })
            await ExpectRestartAfterAsync(pause);
        await world.PassAsync(TimeSpan.FromSeconds(10));
        await ExpectRestartAfterAsync(100);

        async Task ExpectRestartAfterAsync(int milliseconds)
        {
            var runs = engine.Processes.Count;
            engine.Processes[^1].Exit(0);
            await world.PassAsync(TimeSpan.FromMilliseconds(milliseconds - 1));
            Assert.Equal(runs, engine.Processes.Count);
            await world.PassAsync(TimeSpan.FromMilliseconds(1));
            Assert.Equal(runs + 1, engine.Processes.Count);
        }
    });

    [Fact]
    public void Exit_OnFailureWithThreeRetries_GivesUpAfterThree() => World.Run(async world =>
    {
        var engine = new ScriptedEngine();
        await using var device = await world.StartRegisteredAsync(new DeviceOptions { Engine = engine });
        var id = await CreateWithPolicyAsync(world, "ON_FAILURE", "\"maxRetryCount\":3");

        for (var i = 0; i < 4; i++)
        {
            engine.Processes[^1].Exit(1);
            await world.PassAsync(TimeSpan.FromMinutes(2));
        }

        Assert.Equal(4, engine.Processes.Count);
        Assert.Equal("EXITED", device.Containers[0].State.Status);
        Assert.Equal(204, (await world.InvokeAsync($"Container:{id}", "start")).Status);
        Assert.Equal(0, device.Containers[0].RestartCount);
    });

    [Fact]
    public void Remove_WhileARestartIsPending_NothingComesBack() => World.Run(async world =>
    {
        var engine = new ScriptedEngine();
        await using var device = await world.StartRegisteredAsync(new DeviceOptions { Engine = engine });
        var id = await CreateWithPolicyAsync(world, "ALWAYS");
        engine.Processes[0].Exit(0);
        await world.SettleAsync();
        world.Forget();

        await world.InvokeAsync($"Container:{id}", "remove", "false");
        await world.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(["DEAD", "deleted"], world.States(id));
        Assert.Single(engine.Processes);
    });

    [Fact]
    public void Dispose_WithRunningContainers_TellsThatEachStoppedAndLeaves() => World.Run(async world =>
    {
        var device = await world.StartRegisteredAsync(new DeviceOptions { Containers = DemoContainers.All });
        var created = await world.CreateAsync();
        world.Forget();

        await device.DisposeAsync();

        Assert.Equal(device.Containers.Where(c => c.Id != created).Select(c => $"Container:{c.Id} STOPPED"), world.Told);
        Assert.Equal(
            [(BusObservationKind.Unsubscribe, EdgeTopics.ThingResponse), (BusObservationKind.Unsubscribe, World.CommandFilter), (BusObservationKind.Disconnect, "")],
            world.Seen.TakeLast(3).Select(o => (o.Kind, o.Topic)));
    });

    [Fact]
    public void Dispose_ContainerDoesNotObey_IsKilledAfterTwoSeconds() => World.Run(async world =>
    {
        var engine = new ScriptedEngine { Obeys = new() { [Signal.Kill] = 137 } };
        var device = await world.StartRegisteredAsync(new DeviceOptions { Engine = engine });
        var id = await world.CreateAsync(start: true);
        world.Forget();

        var leaving = device.DisposeAsync().AsTask();
        await world.PassAsync(TimeSpan.FromSeconds(2));
        await leaving;

        Assert.Equal(["STOPPED"], world.States(id));
    });

    [Fact]
    public void Dispose_BrokerDoesNotAcknowledge_LeavesAfterFiveSeconds() => World.Run(async world =>
    {
        var broker = new DeafBroker(world.Broker);
        var device = await DeviceHost.StartAsync(
            new DeviceOptions { Containers = DemoContainers.All }, broker, world.Time, new IdSource(1), world.Log.Add);
        await world.SettleAsync();
        await world.AnnounceAsync(World.Identity);
        broker.IsDeaf = true;

        var leaving = device.DisposeAsync().AsTask();
        await world.PassAsync(TimeSpan.FromSeconds(4.9));
        Assert.False(leaving.IsCompleted);
        await world.PassAsync(TimeSpan.FromSeconds(0.1));

        Assert.True(leaving.IsCompletedSuccessfully);
        Assert.Contains(world.Log, line => line.Contains("leaving without them", StringComparison.Ordinal));
    });

    [Fact]
    public void Run_SameSeedTwice_SameMessagesByteForByte()
    {
        Assert.Equal(Conversation(7), Conversation(7));
        Assert.NotEqual(Conversation(7), Conversation(8));

        static List<string> Conversation(int seed)
        {
            List<string> seen = [];
            World.Run(async world =>
            {
                var device = await world.StartDeviceAsync(new DeviceOptions { Containers = BelievableContainers.Make(20, seed) }, seed);
                await world.AnnounceAsync(World.Identity);
                await world.CreateAsync(start: true);
                await device.DisposeAsync();
                seen.AddRange(world.Seen.Select(o => $"{o.Kind} {o.ClientId} {o.Topic} {Encoding.UTF8.GetString(o.Payload.Span)}"));
            });
            return seen;
        }
    }

    private static async Task<string> CreateWithPolicyAsync(World world, string type, string more = "\"retryTimeout\":0")
    {
        var answer = await world.InvokeAsync(
            "ContainerFactory", "createWithConfig", $$"""{"imageRef":"a/b:1","start":true,"config":{"restartPolicy":{"type":"{{type}}",{{more}} } } }""");
        return answer.Envelope.Value!.Value.GetString()!;
    }
}

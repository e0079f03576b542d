using Leda.Harness.Device.Tests.Support;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Tests.Containers;

/// <summary>What is being done when the device stops.</summary>
public sealed class ShutDownTests
{
    [Fact]
    public void Stop_WhileAnImageThatIsNearlyPulledArrives_NothingRunsAfterwards() => World.Run(async world =>
    {
        var engine = new ScriptedEngine { Pulling = new TaskCompletionSource(), IsDeaf = true };
        var device = await world.StartRegisteredAsync(new DeviceOptions { Engine = engine });
        await CreateAsync(world);

        var stopping = device.DisposeAsync().AsTask();
        await world.SettleAsync();
        engine.Pulling.SetResult();
        await stopping;

        Assert.Equal("the container is not created, the device is stopping", world.LastAnswer.Message);
        Assert.Empty(engine.Processes);
        Assert.Empty(engine.Prepared);
        Assert.DoesNotContain(world.Log, line => line.Contains("unexpected", StringComparison.Ordinal));
    });

    [Fact]
    public void Stop_WhileACommandWaitsForTheContainer_TheCommandIsToldWhy() => World.Run(async world =>
    {
        var engine = new ScriptedEngine { Obeys = [] };
        var device = await world.StartRegisteredAsync(new DeviceOptions { Engine = engine });
        var id = await world.CreateAsync(start: true);
        await world.RemoveAsync(forced: true, id);
        await world.CommandAsync(Wanted, $"/features/Container:{id}/inbox/messages/start");

        var stopping = device.DisposeAsync().AsTask();
        await world.SettleAsync();
        engine.Processes[0].Exit(137);
        await world.SettleAsync();
        await stopping;

        Assert.Equal(500, world.LastAnswer.Status);
        Assert.DoesNotContain(world.Log, line => line.Contains("unexpected", StringComparison.Ordinal));
    });

    [Fact]
    public void Stop_WhileARestartIsPending_NothingIsStartedAgain() => World.Run(async world =>
    {
        var engine = new ScriptedEngine();
        var device = await world.StartRegisteredAsync(new DeviceOptions { Engine = engine });
        await world.CreateAsync(start: true);
        engine.Processes[0].Exit(1);
        await world.SettleAsync();

        var stopping = device.DisposeAsync().AsTask();
        await world.PassAsync(TimeSpan.FromMinutes(1));
        await stopping;

        Assert.Single(engine.Processes);
        Assert.Equal(ContainerState.Exited, Assert.Single(device.Containers).State.Status);
    });

    [Fact]
    public void Stop_BrokerThatAcknowledgesNothingAndMoreContainersThanMessagesFit_EndsWithinSeconds() => World.Run(async world =>
    {
        var broker = new DeafBroker(world.Broker);
        var options = new DeviceOptions { Containers = [.. Enumerable.Repeat(new CreateArguments { ImageRef = "a/b:1", Start = true }, 1500)] };
        var device = await DeviceHost.StartAsync(options, broker, world.Time, new IdSource(1), world.Log.Add);
        await world.SettleAsync();
        await world.AnnounceAsync(World.Identity);
        broker.IsDeaf = true;

        var stopping = device.DisposeAsync().AsTask();
        for (var seconds = 0; seconds < 30 && !stopping.IsCompleted; seconds++)
            await world.PassAsync(TimeSpan.FromSeconds(1));

        Assert.True(stopping.IsCompleted);
        await stopping;
    });

    private const string Wanted = """{"correlation-id":"x","response-required":true}""";

    private static Task CreateAsync(World world) => world.CommandAsync(
        """{"correlation-id":"x","response-required":true,"content-type":"application/json"}""",
        "/features/ContainerFactory/inbox/messages/create",
        """{"imageRef":"a/b:1","start":true}""");
}

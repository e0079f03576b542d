using Leda.Harness.Device.Engines;
using Leda.Harness.Device.Tests.Support;
using static Leda.Harness.Device.Tests.Features.Measurements.Reports;

namespace Leda.Harness.Device.Tests.Features.Measurements;

/// <summary>When reporting begins, goes on and ends (1.8 and 3.3 of the reference), and engines that are slow to measure.</summary>
public sealed class ReportingTests
{
    [Theory]
    [InlineData("""{"deviceId":"dummy-namespace:dummy-gateway:dummy-device-id","tenantId":"dummy-tenant-id","policyId":"a:b"}""")]
    [InlineData("""{"deviceId":"other:device","tenantId":"dummy-tenant-id"}""")]
    public void Reporting_OtherIdentity_EndsIt(string identity) => World.Run(async world =>
    {
        await using var device = await ReportingAsync(world);
        await world.AnnounceAsync(identity);
        await world.PassSecondsAsync(5);
        Assert.Empty(world.Data());
    });

    [Fact]
    public void Reporting_SameIdentityAgain_GoesOn() => World.Run(async world =>
    {
        await using var device = await ReportingAsync(world);
        await world.AnnounceAsync(World.Identity);
        await world.PassSecondsAsync(1);
        Assert.Single(world.Data());
    });

    [Fact]
    public void Reporting_Reconnect_EndsIt() => World.Run(async world =>
    {
        await using var device = await ReportingAsync(world);
        await world.Buses.CutAsync();
        await world.PassSecondsAsync(2);
        await world.Buses.MendAsync();
        await world.SettleAsync();
        await world.AnnounceAsync(World.Identity);
        await world.PassSecondsAsync(5);
        Assert.Empty(world.Data());
        await world.RequestAsync(EverySecond);
        await world.PassSecondsAsync(1);
        Assert.Single(world.Data());
    });

    [Fact]
    public void Reporting_TwinDeletedAndCreated_EndsIt() => World.Run(async world =>
    {
        await using var device = await ReportingAsync(world);
        foreach (var action in new[] { "deleted", "created" })
            await world.SendAsync($"command//{World.Thing}/req//{action}", $$"""{"topic":"dummy-namespace/dummy-gateway:dummy-device-id:edge:containers/things/twin/events/{{action}}","headers":{},"path":"/"}""");
        await world.PassSecondsAsync(5);
        Assert.Empty(world.Data());
    });

    [Fact]
    public void Reporting_DeviceStops_NothingIsMeasuredAnyMore() => World.Run(async world =>
    {
        var engine = new ScriptedEngine();
        var device = await ReportingAsync(world, engine);
        var measured = 0;
        engine.Processes[0].Measuring = () => Task.FromResult<ResourceUsage?>(Usage(++measured, 10 * measured));
        await world.PassSecondsAsync(1);
        Assert.Equal(1, measured);

        engine.Obeys.Clear();
        var stopping = device.DisposeAsync();
        await world.PassSecondsAsync(4);
        await stopping;
        var atTheEnd = measured;
        await world.PassSecondsAsync(5);
        Assert.Equal(atTheEnd, measured);
    });

    [Fact]
    public void Measuring_SlowerThanThePeriod_TurnsAreLeftOutAndCommandsGoOn() => World.Run(async world =>
    {
        var engine = new ScriptedEngine();
        await using var device = await ReportingAsync(world, engine);
        var slow = new TaskCompletionSource<ResourceUsage?>();
        var measured = 0;
        engine.Processes[0].Measuring = () => ++measured == 1 ? slow.Task : Task.FromResult<ResourceUsage?>(Usage(2, 20));
        await world.PassSecondsAsync(4);
        Assert.Equal(1, measured);
        Assert.Empty(world.Data());
        Assert.Single(world.Log, line => line.Contains("left out", StringComparison.Ordinal));
        Assert.Equal(204, (await world.InvokeAsync($"Container:{device.Containers[0].Id}", "pause")).Status);

        slow.SetResult(Usage(1, 10));
        await world.SettleAsync();
        Assert.Single(world.Data());
        await world.PassSecondsAsync(1);
        Assert.Equal(2, world.Data().Count);
    });

    [Fact]
    public void Stop_WhileATurnIsMeasuring_IsAnsweredAndNothingFollows() => World.Run(async world =>
    {
        var engine = new ScriptedEngine();
        await using var device = await ReportingAsync(world, engine);
        var slow = new TaskCompletionSource<ResourceUsage?>();
        engine.Processes[0].Measuring = () => slow.Task;
        await world.PassSecondsAsync(1);
        Assert.Equal(204, (await world.RequestAsync("""{"frequency":"0s"}""")).Status);
        slow.SetResult(Usage(1, 10));
        await world.PassSecondsAsync(3);
        Assert.Empty(world.Data());
    });

    [Fact]
    public void Measuring_OneContainerFails_TheOthersAreReported() => World.Run(async world =>
    {
        var engine = new ScriptedEngine();
        await using var device = await ReportingAsync(world, engine);
        var second = await world.CreateAsync(start: true);
        engine.Processes[0].Measuring = () => throw new EngineException("no cgroup");
        engine.Processes[1].Measuring = Script(Usage(1, 10));
        await world.PassSecondsAsync(1);
        Assert.Equal([$"Container:{second}"], Assert.Single(world.Measured()).Keys);
        Assert.Contains(world.Log, line => line.Contains("no cgroup", StringComparison.Ordinal));
    });
}

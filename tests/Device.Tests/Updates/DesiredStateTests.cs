using Leda.Harness.Device.Tests.Support;
using Leda.Harness.Device.Updates;
using static Leda.Harness.Device.Tests.Updates.UpdateManager;

namespace Leda.Harness.Device.Tests.Updates;

/// <summary>One desired state after another, and those that are only looked at (3.5 of the reference).</summary>
public sealed class DesiredStateTests
{
    private const string Old = "docker.io/library/web:1.0";
    private const string New = "docker.io/library/web:1.1";

    [Fact]
    public void Desire_WhileAnotherIsInProgress_TakesItsPlaceAndCleansUpAfterIt() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        await using var device = await world.StartRegisteredAsync(With(Running("web", Old)));
        await manager.DesireAllAsync($$"""{"domains":[{"id":"containers","components":[{{Component("web", "1.1", $"image={New}")}}]}]}""", "first");
        await manager.CommandAsync("DOWNLOAD", activity: "first");
        world.Forget();

        await manager.DesireAsync(Component("web", "1.2", "image=web:1.2"));
        await manager.CommandAsync("UPDATE", activity: "first");
        Assert.Equal(["IDENTIFYING", "IDENTIFIED web=IDENTIFIED web=IDENTIFIED"], manager.Told);
        await manager.CommandsAsync("DOWNLOAD", "UPDATE", "ACTIVATE", "CLEANUP");

        Assert.StartsWith("COMPLETED", manager.Told[^1], StringComparison.Ordinal);
        Assert.Equal("web:1.2 RUNNING", string.Join(',', device.Containers.Select(c => $"{c.ImageRef} {c.State.Status}")));
    });

    [Fact]
    public void Desire_RefusedWhileAnotherIsInProgress_LeavesThatOneAlone() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        await using var device = await world.StartRegisteredAsync(With());
        await manager.DesireAsync(Component("a", "1"));
        await manager.DesireAllAsync("{}", "second");

        await manager.CommandAsync("DOWNLOAD");

        Assert.Equal("DOWNLOAD_SUCCESS a=DOWNLOAD_SUCCESS", manager.Told[^1]);
    });

    [Fact]
    public void Desire_AgainAfterAFailedUpdate_ReachesIt() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        var engine = new ScriptedEngine();
        await using var device = await world.StartRegisteredAsync(With(Running("web", Old)) with { Engine = engine });
        await manager.DesireAsync(Component("web", "1.1", $"image={New}"));
        await manager.CommandsAsync("DOWNLOAD", "UPDATE");
        engine.StartFailure = "no";
        await manager.CommandsAsync("ACTIVATE", "CLEANUP");
        Assert.Equal("INCOMPLETE web=ACTIVATION_FAILURE", manager.Told[^1]);
        engine.StartFailure = null;

        await manager.DesireAsync(Component("web", "1.1", $"image={New}"));
        Assert.Equal(
            ["is as desired: only has to run", "is not desired: to be stopped and removed"],
            manager.Last.GetProperty("actions").EnumerateArray().Select(a => a.GetProperty("message").GetString()));
        await manager.CommandsAsync("DOWNLOAD", "UPDATE", "ACTIVATE", "CLEANUP");

        Assert.StartsWith("COMPLETED", manager.Told[^1], StringComparison.Ordinal);
        Assert.Equal($"{New} RUNNING", string.Join(',', device.Containers.Select(c => $"{c.ImageRef} {c.State.Status}")));
    });

    [Fact]
    public void DryRun_AnyState_TellsThePlanAndDoesNothing() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        await using var device = await world.StartRegisteredAsync(With(
            new UpdateAgentOptions { DryRun = true }, Running("web", Old), Running("gone", Old)));
        var before = device.Containers;

        await manager.DesireAsync(Component("web", "1.1", $"image={New}"));
        await manager.CommandsAsync("DOWNLOAD", "UPDATE", "ACTIVATE", "CLEANUP");

        Assert.Equal(
            ["IDENTIFYING", "IDENTIFIED web=IDENTIFIED gone=IDENTIFIED", "COMPLETED web=IDENTIFIED gone=IDENTIFIED"], manager.Told);
        Assert.Equal("dry run: nothing was done", manager.Last.GetProperty("message").GetString());
        Assert.Equal("to be replaced by a new container; different: image", manager.Last.GetProperty("actions")[0].GetProperty("message").GetString());
        Assert.Contains(world.Log, line => line.Contains("dry run", StringComparison.Ordinal));
        Assert.Contains(world.Log, line => line.EndsWith("containers:gone 1.0: is not desired: to be stopped and removed", StringComparison.Ordinal));
        Assert.Equal(before, device.Containers);
        Assert.Empty(world.Told);
    });
}

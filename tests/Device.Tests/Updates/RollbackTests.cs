using Leda.Harness.Device.Tests.Support;
using Leda.Harness.Protocol.Kanto;
using static Leda.Harness.Device.Tests.Updates.UpdateManager;

namespace Leda.Harness.Device.Tests.Updates;

/// <summary>ROLLBACK, row by row of the table of commands in 3.5 of the reference.</summary>
public sealed class RollbackTests
{
    private const string Old = "docker.io/library/web:1.0";
    private const string New = "docker.io/library/web:1.1";

    [Fact]
    public void Rollback_AfterActivation_RestoresOldContainersAndLimitsAndRemovesNewOnes() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        await using var device = await world.StartRegisteredAsync(With(Running("gone", Old), Running("web", Old), Running("limits", Old)));
        var before = device.Containers;
        await manager.DesireAsync(
            Component("web", "1.1", $"image={New}"), Component("new", "2"), Component("limits", "1", $"image={Old}", "memory=200M", "restartPolicy=no"));
        await manager.CommandsAsync("DOWNLOAD", "UPDATE", "ACTIVATE");
        world.Forget();

        await manager.CommandsAsync("ROLLBACK", "CLEANUP");

        const string End = " web=UPDATE_FAILURE new=UPDATE_FAILURE limits=UPDATE_FAILURE gone=UPDATE_FAILURE";
        Assert.Equal(
            [
                "ROLLBACK web=UPDATING new=ACTIVATION_SUCCESS limits=ACTIVATION_SUCCESS gone=UPDATE_SUCCESS",
                "ROLLBACK web=UPDATE_FAILURE new=UPDATING limits=ACTIVATION_SUCCESS gone=UPDATE_SUCCESS",
                "ROLLBACK web=UPDATE_FAILURE new=UPDATE_FAILURE limits=UPDATING gone=UPDATE_SUCCESS",
                "ROLLBACK web=UPDATE_FAILURE new=UPDATE_FAILURE limits=UPDATE_FAILURE gone=UPDATING",
                $"ROLLBACK_SUCCESS{End}",
                $"CLEANUP_SUCCESS{End}",
                $"INCOMPLETE{End}",
            ],
            manager.Told);
        Assert.Equal(
            before.Select(c => (c.Id, c.Config, ContainerState.Running)), device.Containers.Select(c => (c.Id, c.Config, c.State.Status)));
    });

    [Fact]
    public void Rollback_AfterDownload_RemovesNewContainersAndLeavesOldOnesRunning() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        await using var device = await world.StartRegisteredAsync(With(Running("web", Old), Running("gone", Old)));
        var before = device.Containers;
        await manager.DesireAsync(Component("web", "1.1", $"image={New}"));

        await manager.CommandsAsync("DOWNLOAD", "ROLLBACK");

        Assert.Equal("ROLLBACK_SUCCESS web=UPDATE_FAILURE gone=IDENTIFIED", manager.Told[^1]);
        Assert.Equal(before, device.Containers);
    });

    [Fact]
    public void Rollback_OldDoesNotStartAgain_IsAFailureThatSaysWhy() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        var engine = new ScriptedEngine();
        await using var device = await world.StartRegisteredAsync(With(Running("web", Old)) with { Engine = engine });
        await manager.DesireAsync(Component("web", "1.1", $"image={New}"));
        await manager.CommandsAsync("DOWNLOAD", "UPDATE");
        engine.StartFailure = "out of memory";

        await manager.CommandAsync("ACTIVATE");
        Assert.Equal("ACTIVATION_FAILURE web=ACTIVATION_FAILURE", manager.Told[^1]);
        await manager.CommandAsync("ROLLBACK");

        Assert.Equal("ROLLBACK_FAILURE web=UPDATE_FAILURE", manager.Told[^1]);
        Assert.Equal("out of memory", manager.Last.GetProperty("actions")[0].GetProperty("message").GetString());
        Assert.Equal(Old, Assert.Single(device.Containers).ImageRef);
    });
}

using Leda.Harness.Device.Engines;
using Leda.Harness.Device.Tests.Support;
using Leda.Harness.Protocol.Kanto;
using static Leda.Harness.Device.Tests.Updates.UpdateManager;

namespace Leda.Harness.Device.Tests.Updates;

/// <summary>The table of commands in 3.5 of the reference, row by row, seen from the bus.</summary>
public sealed class CommandTests
{
    private const string Old = "docker.io/library/web:1.0";
    private const string New = "docker.io/library/web:1.1";

    private static readonly string[] _states =
        ["IDENTIFIED", "DOWNLOAD_SUCCESS", "UPDATE_SUCCESS", "ACTIVATION_SUCCESS", "DOWNLOAD_FAILURE", "UPDATE_FAILURE", "ACTIVATION_FAILURE", "ROLLBACK_SUCCESS"];

    [Fact]
    public void Commands_AllInOrder_ReplaceCreateChangeCheckAndRemove() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        await using var device = await world.StartRegisteredAsync(With(
            Running("gone", Old), Running("web", Old), Running("limits", Old), new CreateArguments { Name = "idle", ImageRef = Old }));
        var old = device.Containers.ToDictionary(c => c.Name, c => c.Id);
        await manager.DesireAsync(
            Component("web", "1.1", $"image={New}"),
            Component("new", "2", "image=new:2"),
            Component("limits", "1.0", $"image={Old}", "memory=200M"),
            Component("idle", "1.0", $"image={Old}"));

        world.Forget();
        await manager.CommandAsync("DOWNLOAD");
        Assert.Equal(
            [
                "DOWNLOADING web=DOWNLOADING new=IDENTIFIED limits=IDENTIFIED idle=IDENTIFIED gone=IDENTIFIED",
                "DOWNLOADING web=DOWNLOAD_SUCCESS new=DOWNLOADING limits=IDENTIFIED idle=IDENTIFIED gone=IDENTIFIED",
                "DOWNLOAD_SUCCESS web=DOWNLOAD_SUCCESS new=DOWNLOAD_SUCCESS limits=IDENTIFIED idle=IDENTIFIED gone=IDENTIFIED",
            ],
            manager.Told);
        Assert.Equal(
            ["gone RUNNING", "web RUNNING", "limits RUNNING", "idle CREATED", "web CREATED", "new CREATED"],
            device.Containers.Select(c => $"{c.Name} {c.State.Status}"));

        world.Forget();
        await manager.CommandAsync("UPDATE");
        Assert.Equal(
            [
                "UPDATING web=UPDATING new=DOWNLOAD_SUCCESS limits=IDENTIFIED idle=IDENTIFIED gone=IDENTIFIED",
                "UPDATING web=UPDATE_SUCCESS new=DOWNLOAD_SUCCESS limits=UPDATING idle=IDENTIFIED gone=IDENTIFIED",
                "UPDATING web=UPDATE_SUCCESS new=DOWNLOAD_SUCCESS limits=UPDATE_SUCCESS idle=IDENTIFIED gone=UPDATING",
                "UPDATE_SUCCESS web=UPDATE_SUCCESS new=DOWNLOAD_SUCCESS limits=UPDATE_SUCCESS idle=IDENTIFIED gone=UPDATE_SUCCESS",
            ],
            manager.Told);
        Assert.Equal(["STOPPED"], world.States(old["web"]));
        Assert.Equal(["STOPPED"], world.States(old["gone"]));
        Assert.Contains($"Container:{old["limits"]}/properties/status/config", world.Told);

        world.Forget();
        await manager.CommandAsync("ACTIVATE");
        Assert.Equal(
            [
                "ACTIVATING web=ACTIVATING new=DOWNLOAD_SUCCESS limits=UPDATE_SUCCESS idle=IDENTIFIED gone=UPDATE_SUCCESS",
                "ACTIVATING web=ACTIVATION_SUCCESS new=ACTIVATING limits=UPDATE_SUCCESS idle=IDENTIFIED gone=UPDATE_SUCCESS",
                "ACTIVATING web=ACTIVATION_SUCCESS new=ACTIVATION_SUCCESS limits=ACTIVATING idle=IDENTIFIED gone=UPDATE_SUCCESS",
                "ACTIVATING web=ACTIVATION_SUCCESS new=ACTIVATION_SUCCESS limits=ACTIVATION_SUCCESS idle=ACTIVATING gone=UPDATE_SUCCESS",
                "ACTIVATION_SUCCESS web=ACTIVATION_SUCCESS new=ACTIVATION_SUCCESS limits=ACTIVATION_SUCCESS idle=ACTIVATION_SUCCESS gone=UPDATE_SUCCESS",
            ],
            manager.Told);
        Assert.Equal(["RUNNING"], world.States(old["idle"]));

        world.Forget();
        await manager.CommandAsync("CLEANUP");
        const string End = " web=ACTIVATION_SUCCESS new=ACTIVATION_SUCCESS limits=ACTIVATION_SUCCESS idle=ACTIVATION_SUCCESS gone=REMOVAL_SUCCESS";
        Assert.Equal([$"CLEANUP_SUCCESS{End}", $"COMPLETED{End}"], manager.Told);
        Assert.Equal(
            [$"limits {Old} RUNNING 200M", $"idle {Old} RUNNING ", $"web {New} RUNNING ", "new new:2 RUNNING "],
            device.Containers.Select(c => $"{c.Name} {c.ImageRef} {c.State.Status} {c.Config.Resources?.Memory}"));

        world.Forget();
        await manager.CommandAsync("CLEANUP");
        Assert.Empty(manager.Told);
    });

    [Fact]
    public void Commands_SameStateAgain_OnlyChecks() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        await using var device = await world.StartRegisteredAsync(With(Running("web", Old)));
        string[] desired = [Component("web", "1", $"image={Old}", "memory=200M", "port=80:80", "restartPolicy=on-failure", "restartTimeout=3")];
        for (var i = 0; i < 2; i++)
        {
            world.Forget();
            await manager.DesireAsync(desired);
            await manager.CommandsAsync("DOWNLOAD", "UPDATE", "ACTIVATE", "CLEANUP");
        }

        Assert.Equal(["IDENTIFYING", "IDENTIFIED", "DOWNLOAD_SUCCESS", "UPDATE_SUCCESS", "ACTIVATING", "ACTIVATION_SUCCESS", "CLEANUP_SUCCESS", "COMPLETED"], manager.Told.Select(t => t.Split(' ')[0]));
        Assert.Empty(world.Told);
        Assert.Single(device.Containers);
    });

    [Fact]
    public void Commands_LimitsNoLongerDesired_AreTakenAwayForGood() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        await using var device = await world.StartRegisteredAsync(With(
            Running("web", Old, new ContainerConfig { Resources = new Resources { Memory = "200M" } })));
        await manager.DesireAsync(Component("web", "1", $"image={Old}"));

        await manager.CommandsAsync("DOWNLOAD", "UPDATE", "ACTIVATE", "CLEANUP");

        Assert.Null(Assert.Single(device.Containers).Config.Resources);
        await manager.DesireAsync(Component("web", "1", $"image={Old}"));
        Assert.Contains("only has to run", manager.Last.ToString(), StringComparison.Ordinal);
    });

    [Fact]
    public void Activate_PausedContainerThatStays_GoesOn() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        await using var device = await world.StartRegisteredAsync(With(Running("web", Old)));
        await world.InvokeAsync($"Container:{device.Containers[0].Id}", "pause");
        await manager.DesireAsync(Component("web", "1", $"image={Old}"));

        await manager.CommandsAsync("DOWNLOAD", "UPDATE", "ACTIVATE");

        Assert.Equal(ContainerState.Running, Assert.Single(device.Containers).State.Status);
    });

    public static TheoryData<string, string, string, bool> Table()
    {
        var table = new TheoryData<string, string, string, bool>();
        foreach (var state in _states)
        {
            table.Add(state, "DOWNLOAD", "DOWNLOAD_FAILURE", state == "IDENTIFIED");
            table.Add(state, "UPDATE", "UPDATE_FAILURE", state == "DOWNLOAD_SUCCESS");
            table.Add(state, "ACTIVATE", "ACTIVATION_FAILURE", state == "UPDATE_SUCCESS");
            table.Add(state, "ROLLBACK", "ROLLBACK_FAILURE", state is "DOWNLOAD_SUCCESS" or "UPDATE_SUCCESS" or "ACTIVATION_FAILURE" or "ACTIVATION_SUCCESS");
            table.Add(state, "CLEANUP", "CLEANUP_FAILURE", true);
        }

        return table;
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void Command_InEachStatus_IsAllowedOrRefusedWithItsFailureStatus(string status, string command, string failure, bool isAllowed) => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        var engine = new ScriptedEngine();
        await using var device = await world.StartRegisteredAsync(With(Running("web", Old)) with { Engine = engine });
        await manager.DesireAsync(Component("web", "1.1", $"image={New}"));
        await ReachAsync(world, manager, engine, status);
        world.Forget();
        var before = device.Containers;

        await manager.CommandAsync(command);

        if (isAllowed)
        {
            Assert.DoesNotContain(manager.Told, t => t.StartsWith(failure, StringComparison.Ordinal));
            Assert.NotEmpty(manager.Told);
        }
        else
        {
            Assert.StartsWith(failure, Assert.Single(manager.Told), StringComparison.Ordinal);
            Assert.Contains($"not after {status}", manager.Last.GetProperty("message").GetString(), StringComparison.Ordinal);
            Assert.Equal(before, device.Containers);
        }
    });

    [Fact]
    public void Download_Fails_SaysWhyAndTheRestIsNotTried() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        var engine = new ScriptedEngine { PrepareFailure = "no such image" };
        await using var device = await world.StartRegisteredAsync(With() with { Engine = engine });
        await manager.DesireAsync(Component("a", "1"), Component("b", "1"));
        world.Forget();

        await manager.CommandsAsync("DOWNLOAD", "CLEANUP");

        Assert.Equal(
            [
                "DOWNLOADING a=DOWNLOADING b=IDENTIFIED",
                "DOWNLOAD_FAILURE a=DOWNLOAD_FAILURE b=IDENTIFIED",
                "CLEANUP_SUCCESS a=DOWNLOAD_FAILURE b=IDENTIFIED",
                "INCOMPLETE a=DOWNLOAD_FAILURE b=IDENTIFIED",
            ],
            manager.Told);
        Assert.Equal("no such image", manager.Last.GetProperty("actions")[0].GetProperty("message").GetString());
    });

    [Fact]
    public void Update_OldDoesNotObey_IsKilled() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        var engine = new ScriptedEngine { Obeys = new() { [Signal.Kill] = 137 } };
        await using var device = await world.StartRegisteredAsync(With(Running("web", Old)) with { Engine = engine });
        await manager.DesireAsync();
        await manager.CommandsAsync("DOWNLOAD", "UPDATE");
        Assert.StartsWith("UPDATING", manager.Told[^1], StringComparison.Ordinal);

        await world.PassAsync(TimeSpan.FromSeconds(31));

        Assert.Equal("UPDATE_SUCCESS web=UPDATE_SUCCESS", manager.Told[^1]);
        Assert.Equal([Signal.Terminate, Signal.Kill], engine.Processes[0].Signals);
    });

    [Fact]
    public void Get_WhileAContainerTakesLongToStop_IsAnsweredAtOnce() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        var engine = new ScriptedEngine { Obeys = new() { [Signal.Kill] = 137 } };
        await using var device = await world.StartRegisteredAsync(With(Running("web", Old)) with { Engine = engine });
        await manager.DesireAsync();
        await manager.CommandsAsync("DOWNLOAD", "UPDATE");

        await world.SendAsync("containersupdate/currentstate/get", """{"activityId":"now"}""");

        Assert.Equal("now", Assert.Single(manager.Inventories).GetProperty("activityId").GetString());
    });

    [Fact]
    public void Command_UnknownForeignOrUncalledFor_IsIgnored() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        await using var device = await world.StartRegisteredAsync(With());
        await manager.CommandAsync("DOWNLOAD");
        await manager.DesireAsync(Component("a", "1"));
        world.Forget();

        await manager.CommandAsync("INSTALL");
        await manager.CommandAsync("download");
        await manager.CommandAsync("DOWNLOAD", activity: "act-6");

        Assert.Empty(world.Published);
        Assert.Equal(4, world.Log.Count(line => line.Contains("ignored", StringComparison.Ordinal)));
        await manager.CommandAsync("DOWNLOAD");
        Assert.Equal("DOWNLOAD_SUCCESS a=DOWNLOAD_SUCCESS", manager.Told[^1]);
    });

    private static async Task ReachAsync(World world, UpdateManager manager, ScriptedEngine engine, string status)
    {
        (engine.PrepareFailure, engine.StartFailure) =
            (status == "DOWNLOAD_FAILURE" ? "no" : null, status == "ACTIVATION_FAILURE" ? "no" : null);
        if (status == "UPDATE_FAILURE")
            engine.Obeys.Clear();
        string[] commands = status switch
        {
            "IDENTIFIED" => [],
            "DOWNLOAD_SUCCESS" or "DOWNLOAD_FAILURE" => ["DOWNLOAD"],
            "UPDATE_SUCCESS" or "UPDATE_FAILURE" => ["DOWNLOAD", "UPDATE"],
            "ROLLBACK_SUCCESS" => ["DOWNLOAD", "ROLLBACK"],
            _ => ["DOWNLOAD", "UPDATE", "ACTIVATE"],
        };
        await manager.CommandsAsync(commands);
        if (status == "UPDATE_FAILURE")
        {
            await world.PassAsync(TimeSpan.FromSeconds(31));
            await world.PassAsync(TimeSpan.FromSeconds(31));
        }

        engine.Relent();
        (engine.PrepareFailure, engine.StartFailure) = (null, null);
        Assert.StartsWith(status, manager.Told[^1], StringComparison.Ordinal);
    }
}

using Leda.Harness.Device.Tests.Support;
using static Leda.Harness.Device.Tests.Support.SoftwareStory;

namespace Leda.Harness.Device.Tests.Features.Software;

/// <summary>Section 3.4.5 of the reference.</summary>
public sealed class RemoveTests
{
    [Fact]
    public void Remove_LastContainer_IsToldStepByStepAndLeavesNoDependencies() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        var id = await world.CreateAsync(start: true);
        world.Forget();

        await world.RemoveAsync(forced: false, id);

        Assert.Equal(
            ["204", $"REMOVING {id}", "DEAD", "no dependencies", "-container", $"REMOVED {id}", $"FINISHED_SUCCESS {id}"], world.Story());
        Assert.All(world.Statuses(), s => Assert.Null(s.SoftwareModule));
        Assert.Empty(device.Containers);
    });

    [Fact]
    public void Remove_OneOfTwo_TheOtherStaysInTheInventory() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        var id = await world.CreateAsync();
        await world.CreateAsync();
        world.Forget();

        await world.RemoveAsync(forced: true, id);

        Assert.Equal(["204", $"REMOVING {id}", "DEAD", "dependencies", "-container", $"REMOVED {id}", $"FINISHED_SUCCESS {id}"], world.Story());
    });

    [Fact]
    public void Remove_NotForced_FirstFailureRejectsTheRest() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        var (a, b) = (await world.CreateAsync(), await world.CreateAsync());
        world.Forget();

        await world.RemoveAsync(forced: false, a, "x", b, "y");

        Assert.Equal(
            [
                $"REMOVING {a}", $"REMOVED {a}", "REMOVING x",
                $"!FINISHED_REJECTED {b},y", $"FINISHED_REJECTED {b},y",
                "!FINISHED_ERROR x: container with ID = x does not exist", "FINISHED_ERROR x: container with ID = x does not exist",
                $"FINISHED_SUCCESS {a}",
            ],
            world.Operations());
        Assert.Equal([b], device.Containers.Select(c => c.Id));
    });

    [Fact]
    public void Remove_Forced_AllAreTriedAndErrorsAreCombined() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        var (a, b) = (await world.CreateAsync(), await world.CreateAsync());
        world.Forget();

        await world.RemoveAsync(forced: true, "x", a, "y", b);

        const string Errors = "2 errors:\n\n* container with ID = x does not exist\n* container with ID = y does not exist";
        Assert.Equal(
            [
                "REMOVING x", $"REMOVING {a}", $"REMOVED {a}", "REMOVING y", $"REMOVING {b}", $"REMOVED {b}",
                $"!FINISHED_ERROR x,y: {Errors}", $"FINISHED_ERROR x,y: {Errors}", $"FINISHED_SUCCESS {a},{b}",
            ],
            world.Operations());
    });

    [Fact]
    public void Remove_Twice_TheSecondEntryFails() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        var id = await world.CreateAsync();
        world.Forget();

        await world.RemoveAsync(forced: true, id, id);

        Assert.Equal($"FINISHED_ERROR {id}: container with ID = {id} does not exist", world.Operations()[4]);
        Assert.Equal($"FINISHED_SUCCESS {id}", world.Operations()[5]);
    });

    [Fact]
    public void Remove_ByNameAlone_GroupIsNotEchoedAndVersionIsEmpty() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        var id = await world.CreateAsync();

        await world.InvokeAsync("SoftwareUpdatable", "remove", $$"""{"Software":[{"NAME":"{{id}}","group":"","more":1}]}""");

        Assert.Contains(
            $$"""{"correlationId":"","status":"FINISHED_SUCCESS","software":[{"name":"{{id}}","version":""}]}""",
            System.Text.Encoding.UTF8.GetString(world.Published[^1].Payload.Span), StringComparison.Ordinal);
    });

    [Fact]
    public void Remove_ProcessDoesNotDie_IsAnErrorAndTheContainerStays() => World.Run(async world =>
    {
        var engine = new ScriptedEngine { Obeys = [] };
        await using var device = await world.StartRegisteredAsync(new DeviceOptions { Engine = engine });
        var id = await world.CreateAsync(start: true);
        world.Forget();

        await world.RemoveAsync(forced: true, id);
        for (var i = 0; i < 4; i++)
            await world.PassAsync(TimeSpan.FromSeconds(31));

        Assert.Equal([$"REMOVING {id}", $"!FINISHED_ERROR {id}: could not kill container with ID = {id}", $"FINISHED_ERROR {id}: could not kill container with ID = {id}"], world.Operations());
        Assert.Single(device.Containers);
        engine.Processes[0].Exit(0);
    });
}

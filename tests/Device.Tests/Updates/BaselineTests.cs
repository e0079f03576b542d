using Leda.Harness.Device.Tests.Support;
using static Leda.Harness.Device.Tests.Updates.UpdateManager;

namespace Leda.Harness.Device.Tests.Updates;

/// <summary>Baselines of one desired state, each with a course of its own (3.5 of the reference).</summary>
public sealed class BaselineTests
{
    private const string Old = "docker.io/library/web:1.0";

    [Fact]
    public void Commands_PerBaseline_HaveACourseOfTheirOwnAndEndWithTheLast() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        await using var device = await world.StartRegisteredAsync(With(Running("gone", Old)));
        await manager.DesireAllAsync($$"""
            {"baselines":[{"title":"front","components":["containers:a","self-update:os","containers:b"],"preconditions":"x"}],
             "domains":[{"id":"containers","components":[{{Component("a", "1")}},{{Component("b", "1")}},{{Component("c", "1")}}]}]}
            """);
        world.Forget();

        await manager.CommandAsync("DOWNLOAD", "front");
        await manager.CommandAsync("UPDATE", "containers:c");
        Assert.Equal(
            [
                "DOWNLOADING of front a=DOWNLOADING b=IDENTIFIED c=IDENTIFIED gone=IDENTIFIED",
                "DOWNLOADING of front a=DOWNLOAD_SUCCESS b=DOWNLOADING c=IDENTIFIED gone=IDENTIFIED",
                "DOWNLOAD_SUCCESS of front a=DOWNLOAD_SUCCESS b=DOWNLOAD_SUCCESS c=IDENTIFIED gone=IDENTIFIED",
                "UPDATE_FAILURE of containers:c a=DOWNLOAD_SUCCESS b=DOWNLOAD_SUCCESS c=IDENTIFIED gone=IDENTIFIED",
            ],
            manager.Told);

        foreach (var command in (string[])["UPDATE", "ACTIVATE", "CLEANUP"])
            await manager.CommandAsync(command, "front");
        Assert.StartsWith("CLEANUP_SUCCESS of front", manager.Told[^1], StringComparison.Ordinal);
        foreach (var baseline in (string[])["containers:c", "containers:remove-components"])
        {
            foreach (var command in (string[])["DOWNLOAD", "UPDATE", "ACTIVATE", "CLEANUP"])
                await manager.CommandAsync(command, baseline);
        }

        Assert.StartsWith("CLEANUP_SUCCESS of containers:remove-components", manager.Told[^2], StringComparison.Ordinal);
        Assert.Equal("COMPLETED a=ACTIVATION_SUCCESS b=ACTIVATION_SUCCESS c=ACTIVATION_SUCCESS gone=REMOVAL_SUCCESS", manager.Told[^1]);
        Assert.Equal(["a RUNNING", "b RUNNING", "c RUNNING"], device.Containers.Select(c => $"{c.Name} {c.State.Status}"));
    });

    [Fact]
    public void Cleanup_OneBaselineNotActivated_IsIncompleteWhicheverIsLast() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        await using var device = await world.StartRegisteredAsync(With());
        await manager.DesireAsync(Component("a", "1"), Component("b", "1"));
        await manager.CommandAsync("CLEANUP", "containers:a");
        await manager.CommandAsync("CLEANUP", "containers:remove-components");

        foreach (var command in (string[])["DOWNLOAD", "UPDATE", "ACTIVATE", "CLEANUP"])
            await manager.CommandAsync(command, "containers:b");

        Assert.Equal("INCOMPLETE a=IDENTIFIED b=ACTIVATION_SUCCESS", manager.Told[^1]);
    });

    [Fact]
    public void Command_Star_IsEchoedAndMeansEverything() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        await using var device = await world.StartRegisteredAsync(With());
        await manager.DesireAsync(Component("a", "1"));

        foreach (var command in (string[])["DOWNLOAD", "UPDATE", "ACTIVATE", "CLEANUP"])
            await manager.CommandAsync(command, "*");

        Assert.Equal("CLEANUP_SUCCESS of * a=ACTIVATION_SUCCESS", manager.Told[^2]);
        Assert.Equal("COMPLETED a=ACTIVATION_SUCCESS", manager.Told[^1]);
    });

    [Theory]
    [InlineData("DOWNLOAD", "DOWNLOAD_FAILURE")]
    [InlineData("UPDATE", "UPDATE_FAILURE")]
    [InlineData("ACTIVATE", "ACTIVATION_FAILURE")]
    [InlineData("ROLLBACK", "ROLLBACK_FAILURE")]
    [InlineData("CLEANUP", "CLEANUP_FAILURE")]
    public void Command_UnknownBaseline_IsItsFailureStatus(string command, string failure) => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        await using var device = await world.StartRegisteredAsync(With());
        await manager.DesireAsync(Component("a", "1"));

        await manager.CommandAsync(command, "nobody");

        Assert.Equal($"{failure} of nobody a=IDENTIFIED", manager.Told[^1]);
        Assert.Contains("'nobody'", manager.Last.GetProperty("message").GetString(), StringComparison.Ordinal);
    });
}

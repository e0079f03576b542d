using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Tests.Support;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Tests.Containers;

/// <summary>What a device still knows after it was stopped or killed (sections 3.6 and 5.6 of the reference).</summary>
public sealed class RestartTests
{
    [Fact]
    public void Restart_InGoodOrder_ContainersAreBackBeforeTheConnection() => World.Run(async world =>
    {
        using var data = new TemporaryDirectory();
        var options = new DeviceOptions { DataDirectory = data.Path, Containers = DemoContainers.All };
        var first = await world.StartDeviceAsync(options);
        var before = first.Containers;
        await first.DisposeAsync();
        Assert.All(first.Containers, c => Assert.Equal(ContainerState.Stopped, c.State.Status));
        await world.PassAsync(TimeSpan.FromMinutes(1));

        await using var second = await world.StartRegisteredAsync(options, seed: 2);

        Assert.Equal(Identities(before), Identities(second.Containers));
        Assert.All(second.Containers, c => Assert.Equal(ContainerState.Running, c.State.Status));
        Assert.All(second.Containers, c => Assert.True(string.CompareOrdinal(c.State.StartedAt, c.State.FinishedAt) > 0));
    });

    [Theory]
    [InlineData("UNLESS_STOPPED", ContainerState.Running)]
    [InlineData("ALWAYS", ContainerState.Running)]
    [InlineData("NO", ContainerState.Exited)]
    [InlineData("ON_FAILURE", ContainerState.Running)]
    public void Restart_AfterAKill_RunningContainersComeBackAsThePolicySays(string policy, string state) => World.Run(async world =>
    {
        using var data = new TemporaryDirectory();
        var options = new DeviceOptions
        {
            DataDirectory = data.Path,
            Containers = [new CreateArguments { ImageRef = "a/b:1", Start = true, Config = new ContainerConfig { RestartPolicy = new RestartPolicy { Type = policy } } }],
        };
        await using var first = await world.StartDeviceAsync(options);
        using var killed = data.Copy();

        await using var second = await world.StartDeviceAsync(options with { DataDirectory = killed.Path }, seed: 2);

        Assert.Equal(state, Assert.Single(second.Containers).State.Status);
        Assert.Equal(state == ContainerState.Exited, second.Containers[0].State.Error is not null);
    });

    [Fact]
    public void Restart_ManuallyStoppedAndNeverStarted_StayAsTheyWere() => World.Run(async world =>
    {
        using var data = new TemporaryDirectory();
        var first = await world.StartRegisteredAsync(new DeviceOptions { DataDirectory = data.Path });
        var stopped = await world.CreateAsync(start: true);
        await world.InvokeAsync($"Container:{stopped}", "stop");
        await world.CreateAsync();
        await first.DisposeAsync();

        await using var second = await world.StartDeviceAsync(new DeviceOptions { DataDirectory = data.Path }, seed: 2);

        Assert.Equal([ContainerState.Created, ContainerState.Stopped], second.Containers.Select(c => c.State.Status).Order(StringComparer.Ordinal));
    });

    [Fact]
    public void Restart_SameSeedOnTheSameData_NewContainersHaveNewIds() => World.Run(async world =>
    {
        using var data = new TemporaryDirectory();
        var options = new DeviceOptions { DataDirectory = data.Path };
        var ids = new HashSet<string>();
        for (var run = 0; run < 3; run++)
        {
            await using var device = await world.StartRegisteredAsync(options, seed: 1);
            Assert.True(ids.Add(await world.CreateAsync()));
            Assert.Equal(ids, device.Containers.Select(c => c.Id).ToHashSet());
        }
    });

    [Fact]
    public void Restart_ContainerVanishedMeanwhile_ItsFeatureIsDeleted() => World.Run(async world =>
    {
        using var data = new TemporaryDirectory();
        var first = await world.StartRegisteredAsync(new DeviceOptions { DataDirectory = data.Path });
        var id = await world.CreateAsync();
        await first.DisposeAsync();
        Directory.Delete(Path.Combine(data.Path, "containers", id), recursive: true);

        await using var second = await world.StartDeviceAsync(new DeviceOptions { DataDirectory = data.Path }, seed: 2);
        world.Forget();
        await world.AnnounceAsync(World.Identity);

        Assert.Equal([$"Container:{id} deleted", "ContainerFactory"], world.Told.FindAll(t => t.StartsWith("Container", StringComparison.Ordinal)));
    });

    [Fact]
    public void Restart_AfterRemove_NothingIsLeftOnDisk() => World.Run(async world =>
    {
        using var data = new TemporaryDirectory();
        await using var device = await world.StartRegisteredAsync(new DeviceOptions { DataDirectory = data.Path });
        var id = await world.CreateAsync();
        await world.InvokeAsync($"Container:{id}", "remove", "false");

        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(data.Path, "containers")));
        Assert.Equal("{}", File.ReadAllText(Path.Combine(data.Path, $"sup_back_{World.Thing.Replace(':', '_')}.json")));
    });

    private static HashSet<(string, string, string, string)> Identities(IEnumerable<Container> containers) =>
        [.. containers.Select(c => (c.Id, c.Name, c.ImageRef, c.CreatedAt))];
}

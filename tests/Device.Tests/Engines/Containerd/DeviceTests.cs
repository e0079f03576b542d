using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Tests.Golden;
using Leda.Harness.Device.Tests.Outside;
using Leda.Harness.Device.Tests.Support;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Device.Tests.Engines.Containerd;

/// <summary>The device as a whole, on real containers.</summary>
public sealed class DeviceTests(OwnContainerd machine)
{
    [Theory]
    [InlineData("11-mqtt-create-start-stop-remove.ndjson")]
    [InlineData("20-su-install-remove.ndjson")]
    public async Task Conversation_AsRecorded_SameMessages(string file)
    {
        await machine.RequireAsync();
        using var directory = new TemporaryDirectory();
        var recording = Recording.Load(file);
        var artifacts = new MemoryArtifacts();
        var recorded = new Side();
        var ours = new Side();
        var engine = await machine.ConnectAsync(Path.Combine(directory.Path, "engine"));
        await using var world = await RealWorld.StartRegisteredAsync(new DeviceOptions { Engine = engine, DataDirectory = directory.Path, Artifacts = artifacts });
        foreach (var step in recording.Steps)
        {
            await world.SendAsync(ours.Translate(step.Driver.Topic, recorded), RecordedArtifacts.ForOurs(ours.Translate(step.Driver.Payload, recorded), artifacts));

            var expected = recorded.Take(step.Device);
            var actual = ours.Take(await world.TakeAsync(step.Device.Count));
            Assert.Equal(expected, actual);
        }

        await world.Device.DisposeAsync();
        Assert.Empty(world.Rest());
    }

    [Fact]
    public async Task Run_ProgramIsKilled_ContainerRunsOnAndIsFoundAgain()
    {
        await machine.RequireAsync();
        using var directory = new TemporaryDirectory();
        await using (var device = await DeviceHost.StartAsync(
            new DeviceOptions
            {
                DataDirectory = directory.Path,
                Engine = await machine.ConnectAsync(Path.Combine(directory.Path, "engine")),
                Containers = [new CreateArguments { ImageRef = OwnContainerd.Busybox, Start = true }],
            },
            new InMemoryBroker(), RealTime.Provider, new IdSource(2), _ => { }))
        {
            Assert.Equal(ContainerState.Running, Assert.Single(device.Containers).State.Status);
        }

        Assert.Equal(ContainerState.Stopped, Load(directory).State.Status);
        using (var program = await StartAsync(directory))
            program.Signal("KILL");
        var left = Load(directory);
        using (var program = await StartAsync(directory))
        {
            var found = Load(directory);
            Assert.Equal(ContainerState.Running, found.State.Status);
            Assert.Equal(left.State, found.State);
            Assert.Contains("hello", await File.ReadAllTextAsync($"/proc/{found.State.Pid}/cmdline"), StringComparison.Ordinal);
            program.Signal("TERM");
            await program.EndAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(ContainerState.Stopped, Load(directory).State.Status);
        Assert.False(Directory.Exists($"/proc/{left.State.Pid}"));
        await using var engine = await machine.ConnectAsync(Path.Combine(directory.Path, "engine"));
        await engine.RemoveAsync(left.Id);
    }

    /// <summary>The program without a broker, which it waits for when its containers run.</summary>
    private async Task<DeviceProgram> StartAsync(TemporaryDirectory directory)
    {
        var program = DeviceProgram.Start(
            "--engine", "containerd", "--containerd-address", machine.Address, "--containerd-namespace", OwnContainerd.Namespace,
            "--data", directory.Path, "--broker", $"mqtt://127.0.0.1:{OwnRegistry.FreePort()}");
        await program.ReadUntilAsync("trying again", TestContext.Current.CancellationToken);
        return program;
    }

    private static Container Load(TemporaryDirectory directory) =>
        Assert.Single(new ContainerStore(directory.Path, line => Assert.Fail(line)).Load());
}

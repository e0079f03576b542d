using System.Collections.Concurrent;
using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Engines;
using Leda.Harness.Device.Engines.Containerd;
using Leda.Harness.Device.Tests.Support;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Tests.Engines.Containerd;

/// <summary>An engine on the tests' containerd, as a device has it, and the containers that the test makes with it.</summary>
internal sealed class EngineWorld : IAsyncDisposable
{
    /// <summary>Nothing takes this long unless it never happens.</summary>
    public static readonly TimeSpan Net = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _directory = new();
    private readonly OwnContainerd _machine;

    private string _namespace = OwnContainerd.Namespace;

    private EngineWorld(OwnContainerd machine) => _machine = machine;

    public ContainerdEngine Engine { get; private set; } = null!;

    public ConcurrentQueue<string> Log { get; } = [];

    /// <summary>What the container of the test wrote.</summary>
    public CapturedLog Output { get; } = new();

    public static async Task<EngineWorld> OpenAsync(OwnContainerd machine)
    {
        await machine.RequireAsync();
        var world = new EngineWorld(machine);
        await world.RestartAsync();
        return world;
    }

    /// <summary>The engine object goes, as in a device that is killed, and another one comes.</summary>
    public async Task RestartAsync()
    {
        if (Engine is not null)
            await Engine.DisposeAsync();
        Engine = await _machine.ConnectAsync(_directory.Path, Log.Enqueue, _namespace);
    }

    /// <summary>Another device's engine.</summary>
    public static Task<EngineWorld> OtherAsync(EngineWorld world) => OpenAsync(world._machine);

    public Task<string> ControlAsync(params string[] arguments) => _machine.ControlInAsync(_namespace, arguments);

    /// <summary>From now on this world is in a namespace without images, so that whatever it needs must be pulled.</summary>
    public Task ForgetImagesAsync()
    {
        _namespace = $"{OwnContainerd.Namespace}-{Path.GetFileName(_directory.Path)}";
        return RestartAsync();
    }

    /// <summary>A container that is described, no more.</summary>
    public static Container Describe(ContainerConfig? config = null, string image = OwnContainerd.Busybox)
    {
        var id = Guid.CreateVersion7(RealTime.Provider.GetUtcNow()).ToString();
        return new Container
        {
            Id = id,
            Name = id,
            ImageRef = image,
            Config = ContainerDefaults.Fill(id, config),
            State = new ContainerState { Status = ContainerState.Created, Pid = -1 },
            CreatedAt = "2026-11-23T11:00:00Z",
        };
    }

    /// <summary>A shell script that becomes the container's command.</summary>
    public static ContainerConfig Script(string script) => new() { Cmd = ["/bin/sh", "-c", script] };

    public async Task<Container> PrepareAsync(ContainerConfig? config = null, string image = OwnContainerd.Busybox)
    {
        var container = Describe(config, image);
        await Engine.PrepareAsync(container);
        return container;
    }

    public Task<IContainerProcess> StartAsync(Container container) => Engine.StartAsync(container, Output);

    public async Task<IContainerProcess> RunAsync(ContainerConfig? config = null, string image = OwnContainerd.Busybox) =>
        await StartAsync(await PrepareAsync(config, image));

    /// <summary>Runs a container to its end and gives what it wrote.</summary>
    public async Task<List<string>> ReadAsync(ContainerConfig config, string image = OwnContainerd.Busybox)
    {
        var process = await RunAsync(config, image);
        var exit = await process.Exited.WaitAsync(Net);
        Assert.True(exit is { Code: 0 }, $"{exit} {string.Concat(Output.All())}");
        return Output.All();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var id in await Engine.ListAsync())
            await Engine.RemoveAsync(id);
        await Engine.DisposeAsync();
        _directory.Dispose();
    }
}

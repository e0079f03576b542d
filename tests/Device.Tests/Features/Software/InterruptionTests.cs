using Leda.Harness.Device.Artifacts;
using Leda.Harness.Device.Tests.Support;
using static Leda.Harness.Device.Tests.Support.SoftwareStory;

namespace Leda.Harness.Device.Tests.Features.Software;

/// <summary>The world changes while software is installed.</summary>
public sealed class InterruptionTests
{
    private const string Stopping = "FINISHED_ERROR: the device is stopping";

    [Fact]
    public void Stop_WhileDownloading_IsToldAndTakesNoTime() => World.Run(async world =>
    {
        var artifacts = new MemoryArtifacts();
        var device = await world.StartRegisteredAsync(new DeviceOptions { Artifacts = artifacts });
        artifacts.Hold();
        await world.InstallAsync(Module("a", Artifact("valid.json")), Module("b", Artifact("other.json")));
        await world.RemoveAsync(forced: false, "x", "y");
        world.Forget();

        await device.DisposeAsync();

        Assert.Equal(
            [$"!{Stopping}", Stopping, $"!{Stopping}", Stopping, "!FINISHED_ERROR x,y: the device is stopping", "FINISHED_ERROR x,y: the device is stopping"],
            world.Operations());
        Assert.DoesNotContain(world.Log, line => line.Contains("unexpected", StringComparison.Ordinal));
    });

    [Fact]
    public void Stop_WhileAnImageIsPulled_IsToldAndLeavesNothing() => World.Run(async world =>
    {
        var engine = new ScriptedEngine { Pulling = new TaskCompletionSource() };
        var device = await world.StartRegisteredAsync(new DeviceOptions { Artifacts = new MemoryArtifacts(), Engine = engine });
        await world.InstallAsync(Module("m", Artifact("valid.json")));
        world.Forget();

        await device.DisposeAsync();

        Assert.Equal(2, world.Operations().Count);
        Assert.All(world.Operations(), told => Assert.Contains("FINISHED_ERROR: the container is not created, the device is stopping", told, StringComparison.Ordinal));
        Assert.Empty(engine.Prepared);
        Assert.DoesNotContain(world.Log, line => line.Contains("unexpected", StringComparison.Ordinal));
    });

    [Fact]
    public void Stop_WhileAContainerIsBeingRemoved_IsTold() => World.Run(async world =>
    {
        var engine = new ScriptedEngine { Obeys = [] };
        var device = await world.StartRegisteredAsync(new DeviceOptions { Engine = engine });
        var id = await world.CreateAsync(start: true);
        await world.RemoveAsync(forced: true, id, "x");
        world.Forget();

        var stopping = device.DisposeAsync().AsTask();
        await world.SettleAsync();
        engine.Processes[0].Exit(137);
        await world.SettleAsync();
        await stopping;

        Assert.StartsWith("!FINISHED_ERROR ", world.Operations()[^3], StringComparison.Ordinal);
        Assert.DoesNotContain(world.Log, line => line.Contains("unexpected", StringComparison.Ordinal));
    });

    [Fact]
    public void Identity_ChangesWhileDownloading_TheRunGoesOnForTheNewThing() => World.Run(async world =>
    {
        var artifacts = new MemoryArtifacts();
        await using var device = await world.StartRegisteredAsync(new DeviceOptions { Artifacts = artifacts });
        artifacts.Hold();
        await world.InstallAsync(Module("m", Artifact("valid.json")));
        await world.AnnounceAsync("""{"deviceId":"other.namespace:other","tenantId":"t"}""");
        world.Forget();

        artifacts.GoOn();
        await world.SettleAsync();

        Assert.Equal(Installed[2..], world.Story());
        Assert.All(world.Published, o => Assert.Equal("e/t/other.namespace:other:edge:containers", o.Topic));
    });

    [Fact]
    public void Connection_LostWhileDownloading_TheRunGoesOnAndItsEndIsTold() => World.Run(async world =>
    {
        var artifacts = new MemoryArtifacts();
        await using var device = await world.StartRegisteredAsync(new DeviceOptions { Artifacts = artifacts });
        artifacts.Hold();
        await world.InstallAsync(Module("m", Artifact("valid.json")));
        await world.Buses.CutAsync();
        await world.Buses.MendAsync();
        await world.SettleAsync();
        world.Forget();

        artifacts.GoOn();
        await world.SettleAsync();
        Assert.Empty(world.Operations());
        Assert.Single(device.Containers);

        await world.AnnounceAsync(World.Identity);
        Assert.Contains(world.Told, t => t.StartsWith("Container:", StringComparison.Ordinal));
        world.Forget();
        await world.RemoveAsync(forced: true, device.Containers[0].Id);
        Assert.Equal(3, world.Operations().Count);
    });

    [Fact]
    public void Source_Breaks_IsAnInternalErrorAndTheNextInstallationWorks() => World.Run(async world =>
    {
        var artifacts = new BrokenSource();
        await using var device = await world.StartRegisteredAsync(new DeviceOptions { Artifacts = artifacts });

        await world.InstallAsync(Module("m", Artifact("valid.json")));
        Assert.Equal(["!FINISHED_ERROR: internal runtime error", "FINISHED_ERROR: internal runtime error"], world.Operations()[2..]);
        Assert.Contains(world.Log, line => line.Contains("please report", StringComparison.Ordinal) && line.Contains("broken", StringComparison.Ordinal));
        world.Forget();
        await world.InstallAsync(Module("m", Artifact("valid.json")));

        Assert.Equal(["204", .. Installed], world.Story());
    });

    /// <summary>Fails once as no source may.</summary>
    private sealed class BrokenSource : IArtifactSource
    {
        private readonly MemoryArtifacts _good = new();
        private bool _mended;

        public Task<ReadOnlyMemory<byte>> FetchAsync(Uri address, Func<DownloadProgress, ValueTask> progress, CancellationToken cancellationToken = default)
        {
            if (_mended)
                return _good.FetchAsync(address, progress, cancellationToken);
            _mended = true;
            throw new InvalidOperationException("broken");
        }
    }
}

using Leda.Harness.Device.Engines;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Tests.Engines.Containerd;

/// <summary>How images come to the device.</summary>
public sealed class PullTests(OwnContainerd machine)
{
    private static readonly ContainerConfig _hello = new() { Cmd = ["echo", "pulled"] };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Prepare_ImageInRegistry_IsPulledOnceAndRuns(bool asIndex)
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        string name;
        await using (var registry = await OwnRegistry.StartAsync())
        {
            await (asIndex ? registry.PushIndexAsync("made/here", "1.0", BusyboxImage.Usual) : registry.PushAsync("made/here", "1.0", BusyboxImage.Usual));
            name = $"{registry.Host}/made/here:1.0";

            Assert.Equal(["stdout: pulled\n"], await world.ReadAsync(_hello, name));
        }

        Assert.Equal(2, (await world.ReadAsync(_hello, name)).Count); // the registry is gone
        Assert.Contains(name, await world.ControlAsync("images", "check"), StringComparison.Ordinal);
        Assert.Single(world.Log, line => line.StartsWith("pulling", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Prepare_ByDigest_IsPulled()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        await using var registry = await OwnRegistry.StartAsync();
        await registry.PushAsync("made/here", "1.0", BusyboxImage.Usual);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Head, $"http://{registry.Host}/v2/made/here/manifests/1.0");
        request.Headers.Accept.ParseAdd("application/vnd.docker.distribution.manifest.v2+json");
        using var response = await http.SendAsync(request);

        Assert.Equal(["stdout: pulled\n"], await world.ReadAsync(_hello, $"{registry.Host}/made/here@{response.Headers.GetValues("Docker-Content-Digest").Single()}"));
    }

    [Fact]
    public async Task Prepare_PulledImage_SurvivesContainerdsCollector()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        await using var registry = await OwnRegistry.StartAsync();
        await registry.PushAsync("made/here", "2.0", BusyboxImage.Particular);
        var container = await world.PrepareAsync(image: $"{registry.Host}/made/here:2.0");

        // A lease that is deleted in sync runs the collector.
        await world.ControlAsync("leases", "create", "--id", container.Id);
        await world.ControlAsync("leases", "delete", "--sync", container.Id);
        await world.StartAsync(container);

        await world.Output.UntilAsync("uid=1000");
        Assert.Contains("complete", (await world.ControlAsync("images", "check")).Split('\n').Single(l => l.StartsWith(container.ImageRef, StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public async Task Prepare_RegistryAsTheGreatOnes_TokenAndRedirectsAreFollowed(bool wantsToken, bool redirects)
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        await using var registry = await ScriptedRegistry.StartAsync(wantsToken, redirects);
        await world.ForgetImagesAsync();

        Assert.Equal(["stdout: pulled\n"], await world.ReadAsync(_hello, registry.Image));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Prepare_LayerBreaksOffOrIsAnother_NamesImageAndLeavesNothing(bool breaksOff, bool cheats)
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        await using var registry = await ScriptedRegistry.StartAsync(breaksOff: breaksOff, cheats: cheats);
        await world.ForgetImagesAsync();
        var container = EngineWorld.Describe(image: registry.Image);

        var error = await Assert.ThrowsAsync<EngineException>(() => world.Engine.PrepareAsync(container));

        Assert.StartsWith($"failed to resolve reference \"{registry.Image}\": failed to copy sha256:", error.Message, StringComparison.Ordinal);
        await AssertNothingLeftAsync(world, container.Id);
    }

    [Fact]
    public async Task Prepare_NoSuchImage_NamesItAndLeavesNothing()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        await using var registry = await OwnRegistry.StartAsync();
        var container = EngineWorld.Describe(image: $"{registry.Host}/no/such:1");

        var error = await Assert.ThrowsAsync<EngineException>(() => world.Engine.PrepareAsync(container));

        Assert.Contains($"\"{container.ImageRef}\"", error.Message, StringComparison.Ordinal);
        Assert.Contains("not found", error.Message, StringComparison.Ordinal);
        await AssertNothingLeftAsync(world, container.Id);
    }

    [Fact]
    public async Task Prepare_NobodyListens_NamesImageAndCause()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        var image = $"127.0.0.1:{OwnRegistry.FreePort()}/nosuch/image:1";
        var container = EngineWorld.Describe(image: image);

        var error = await Assert.ThrowsAsync<EngineException>(() => world.Engine.PrepareAsync(container));

        Assert.StartsWith($"failed to resolve reference \"{image}\": failed to do request: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("connection refused", error.Message, StringComparison.Ordinal);
        await AssertNothingLeftAsync(world, container.Id);
    }

    [Fact]
    public async Task Prepare_LayerIsNotWhatTheImageSays_LeavesNothing()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        await using var registry = await OwnRegistry.StartAsync();
        await registry.PushAsync("made/here", "broken", BusyboxImage.Broken);
        var before = await world.ControlAsync("content", "list", "--quiet");
        var container = EngineWorld.Describe(image: $"{registry.Host}/made/here:broken");

        var error = await Assert.ThrowsAsync<EngineException>(() => world.Engine.PrepareAsync(container));

        Assert.Contains("unpacks to", error.Message, StringComparison.Ordinal);
        await AssertNothingLeftAsync(world, container.Id);
        Assert.DoesNotContain(container.ImageRef, await world.ControlAsync("images", "list"), StringComparison.Ordinal);
        Assert.DoesNotContain(BusyboxImage.Digest(BusyboxImage.Broken.Config), await world.ControlAsync("content", "list", "--quiet"), StringComparison.Ordinal);
        Assert.NotEmpty(before);
    }

    [Theory]
    [InlineData("busybox", "object required")]
    [InlineData("busybox:1.35", "object required")]
    [InlineData("docker.io/library/busybox", "object required")]
    [InlineData("docker.io/library/busybox:", "object required")]
    [InlineData("host/na me:1", "invalid reference")]
    [InlineData("user@host/name:1", "invalid reference")]
    public async Task Prepare_NoImageName_IsSaid(string image, string expected)
    {
        await using var world = await EngineWorld.OpenAsync(machine);

        var error = await Assert.ThrowsAsync<EngineException>(() => world.Engine.PrepareAsync(EngineWorld.Describe(image: image)));

        Assert.StartsWith($"failed to resolve reference \"{image}\": {expected}", error.Message, StringComparison.Ordinal);
    }

    private static async Task AssertNothingLeftAsync(EngineWorld world, string id)
    {
        Assert.Empty(await world.Engine.ListAsync());
        Assert.DoesNotContain(id, await world.ControlAsync("snapshots", "list"), StringComparison.Ordinal);
        Assert.DoesNotContain(id, await world.ControlAsync("leases", "list"), StringComparison.Ordinal);
        Assert.DoesNotContain(id, await world.ControlAsync("content", "active"), StringComparison.Ordinal);
    }
}

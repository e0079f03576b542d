using System.Net;
using Leda.Harness.Device.Tests.Support;

namespace Leda.Harness.Device.Tests.Engines.Containerd.Network;

/// <summary>The row of the reference's integration checklist (section 8, Factory) that is about a container's network.</summary>
public sealed class PortsRowTests(OwnContainerd machine)
{
    [Fact]
    public async Task Row_CreateWithConfigExtraHostsAndPortMappingsOnHttpd_GetAnswers200WithTheDefaultPage()
    {
        await machine.RequireAsync();
        using var directory = new TemporaryDirectory();
        var engine = await machine.ConnectAsync(Path.Combine(directory.Path, "engine"));
        await using var world = await RealWorld.StartRegisteredAsync(new DeviceOptions { Engine = engine, DataDirectory = directory.Path }, seed: 101);
        var port = OwnRegistry.FreePort();

        var created = await world.InvokeAsync("ContainerFactory", "createWithConfig",
            $$$"""{"imageRef":"{{{OwnContainerd.Httpd}}}","start":true,"config":{"extraHosts":["ctrhost:host_ip"],"portMappings":[{"hostPort":{{{port}}},"containerPort":80}]}}""");

        Assert.Equal(HttpStatusCode.OK, (HttpStatusCode)created.Status);
        Assert.Equal(BusyboxImage.Page, await Web.ReadAsync(port));
        var id = created.Envelope.Value!.Value.GetString()!;
        Assert.Equal(204, (await world.InvokeAsync($"Container:{id}", "stop")).Status);
        await Web.RefusedAsync(port);
        Assert.Equal(204, (await world.InvokeAsync($"Container:{id}", "remove", "true")).Status);
    }

    [Fact]
    public async Task Start_PortInUse_IsAnErrorForWhoAskedAndNoStateIsTold()
    {
        await machine.RequireAsync();
        using var directory = new TemporaryDirectory();
        var engine = await machine.ConnectAsync(Path.Combine(directory.Path, "engine"));
        await using var world = await RealWorld.StartRegisteredAsync(new DeviceOptions { Engine = engine, DataDirectory = directory.Path }, seed: 102);
        using var other = Web.Occupy(out var taken);
        var created = await world.InvokeAsync("ContainerFactory", "createWithConfig",
            $$$"""{"imageRef":"{{{OwnContainerd.Httpd}}}","config":{"portMappings":[{"hostPort":{{{taken}}},"containerPort":80}]}}""");
        var id = created.Envelope.Value!.Value.GetString()!;

        var refused = await world.InvokeAsync($"Container:{id}", "start");

        Assert.Equal((500, "messages:execution.failed"), (refused.Status, refused.Error));
        Assert.Contains($"port {taken}", refused.Message, StringComparison.Ordinal);
        Assert.Equal("CREATED", Assert.Single(world.Device.Containers).State.Status);
        Assert.Equal(204, (await world.InvokeAsync($"Container:{id}", "remove")).Status);
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Engines;
using Leda.Harness.Device.Engines.Containerd.Network;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Tests.Engines.Containerd.Network;

/// <summary>Ports of the machine that lead into real containers.</summary>
public sealed partial class PortsTests(OwnContainerd machine)
{
    private const int Several = 20;

    [Fact]
    public async Task Start_PortOfRangeInUse_NextFreeOneLeadsIn()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        using var other = Web.Occupy(out var taken);

        await world.RunAsync(Mapped(taken), OwnContainerd.Httpd);

        var port = Assert.Single(Ports(world));
        Assert.InRange(port, taken + 1, taken + Several);
        Assert.Equal(BusyboxImage.Page, await Web.ReadAsync(port));
    }

    [Fact]
    public async Task Start_PortInUse_FailsAndNamesItAndNothingRuns()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        var container = await world.PrepareAsync(new ContainerConfig(), OwnContainerd.Httpd);
        using (Web.Occupy(out var taken))
        {
            // The first mapping is to be had and given back.
            container = container with { Config = container.Config with { PortMappings = [Mapping(0), Mapping(taken)] } };

            var error = await Assert.ThrowsAsync<EngineException>(() => world.StartAsync(container));

            Assert.True(error.IsOfNetwork);
            Assert.Contains($"port {taken} of 0.0.0.0, which is to lead to port 80 of the container, is in use", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(container.Id, await world.ControlAsync("tasks", "list"), StringComparison.Ordinal);
            await Web.RefusedAsync(Assert.Single(Ports(world)));
        }

        await world.StartAsync(container);
        Assert.Equal(BusyboxImage.Page, await Web.ReadAsync(Ports(world)[^1]));
    }

    [Fact]
    public async Task Stop_OpenConnection_PortIsClosedAtOnceAndOpenAfterTheNextStart()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        var container = await world.PrepareAsync(Mapped(), OwnContainerd.Httpd);
        var process = await world.StartAsync(container);
        var port = Assert.Single(Ports(world));
        await Web.ReadAsync(port);
        using var idle = new TcpClient();
        await idle.ConnectAsync(IPAddress.Loopback, port);

        await process.SignalAsync(Signal.Kill);
        await process.Exited.WaitAsync(EngineWorld.Net);

        await Web.RefusedAsync(port);
        await Web.EndedAsync(idle.Client);
        await world.StartAsync(container with { Config = Mapped(port, several: 0) });
        Assert.Equal(BusyboxImage.Page, await Web.ReadAsync(port));
    }

    [Fact]
    public async Task Remove_WhileItRuns_PortIsClosed()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        var container = await world.PrepareAsync(Mapped(), OwnContainerd.Httpd);
        var process = await world.StartAsync(container);
        await Web.ReadAsync(Assert.Single(Ports(world)));

        await world.Engine.RemoveAsync(container.Id);
        await process.Exited.WaitAsync(EngineWorld.Net);

        await Web.RefusedAsync(Assert.Single(Ports(world)));
    }

    [Fact]
    public async Task Attach_AfterACrash_SamePortLeadsInAgain()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        Container container;
        int port;
        using (Web.Occupy(out var taken))
        {
            container = await world.PrepareAsync(Mapped(taken), OwnContainerd.Httpd);
            await world.StartAsync(container);
            port = Assert.Single(Ports(world));
            await Web.ReadAsync(port);
        }

        // Now the first port of the range is free, but that is not where the container was.
        await world.RestartAsync();
        await Web.RefusedAsync(port);
        var process = await world.Engine.AttachAsync(container, world.Output);

        Assert.Equal([port, port], Ports(world));
        Assert.Equal(BusyboxImage.Page, await Web.ReadAsync(port));
        await process!.SignalAsync(Signal.Kill);
        await process.Exited.WaitAsync(EngineWorld.Net);
        await Web.RefusedAsync(port);
    }

    [Fact]
    public async Task Attach_PortTakenMeanwhile_RunsOnWithoutIt()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        var container = await world.PrepareAsync(Mapped(), OwnContainerd.Httpd);
        await world.StartAsync(container);
        var port = Assert.Single(Ports(world));
        await world.RestartAsync();
        using var other = new TcpListener(IPAddress.Any, port);
        other.Start();

        var process = await world.Engine.AttachAsync(container with { Config = Mapped(port, several: 0) }, world.Output);

        Assert.False(process!.Exited.IsCompleted);
        Assert.Contains(world.Log, line => line.Contains($"port {port}", StringComparison.Ordinal) && line.Contains("runs on", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_TwoWithTheSameContainerPort_EachAnswersAtItsOwn()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        ContainerConfig Serving(string page) => Mapped() with { Cmd = ["/bin/sh", "-c", $"echo {page} > /www/index.html; exec httpd -f -p 80 -h /www"] };

        await world.RunAsync(Serving("first"), OwnContainerd.Httpd);
        await world.RunAsync(Serving("second"), OwnContainerd.Httpd);

        var ports = Ports(world);
        Assert.Equal(["first\n", "second\n"], [await Web.ReadAsync(ports[0]), await Web.ReadAsync(ports[1])]);
    }

    [Fact]
    public async Task Start_LocalhostAndUdp_LoopbackOnlyAndDatagramsComeBack()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        var process = await world.RunAsync(new ContainerConfig { PortMappings = [new PortMapping { ContainerPort = 53, Proto = "udp", HostIP = "localhost" }] });
        var port = Assert.Single(Ports(world));
        Assert.Contains(world.Log, line => line.StartsWith($"udp 127.0.0.1:{port} ", StringComparison.Ordinal));

        // There is no server for UDP in the image: this one listens in the container's network.
        using var sockets = new SocketMaker();
        using var network = SocketMaker.NetworkOf($"{process.Pid}");
        using var server = await sockets.MakeAsync(network, SocketType.Dgram);
        server.Bind(new IPEndPoint(IPAddress.Loopback, 53));
        using var first = Client();
        using var second = Client();
        await Task.WhenAll(AskAsync(first, "one"u8.ToArray()), AskAsync(second, "two"u8.ToArray()), AnswerAsync(), AnswerAsync());

        UdpClient Client()
        {
            var client = new UdpClient();
            client.Connect(IPAddress.Loopback, port);
            return client;
        }

        static async Task AskAsync(UdpClient client, byte[] datagram)
        {
            await client.SendAsync(datagram);
            Assert.Equal(datagram, (await client.ReceiveAsync().WaitAsync(EngineWorld.Net)).Buffer);
        }

        async Task AnswerAsync()
        {
            var buffer = new byte[10];
            var asked = await server.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0)).WaitAsync(EngineWorld.Net);
            await server.SendToAsync(buffer.AsMemory(0, asked.ReceivedBytes), asked.RemoteEndPoint);
        }
    }

    /// <summary>Some of a thousand ask and are answered while the others hold on. The program's threads are where they were.</summary>
    [Fact]
    public async Task Start_ThousandConnections_AllAreServedAndNoThreadIsLeftInTheContainersNetwork()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        var process = await world.RunAsync(Mapped(), OwnContainerd.Httpd);
        var port = Assert.Single(Ports(world));
        await Web.ReadAsync(port);
        var idle = Enumerable.Range(0, 1000).Select(_ => new TcpClient()).ToList();

        await Task.WhenAll(idle.Select(client => client.ConnectAsync(IPAddress.Loopback, port))).WaitAsync(EngineWorld.Net, TestContext.Current.CancellationToken);
        foreach (var client in idle.Take(50))
            await client.Client.SendAsync("GET / HTTP/1.0\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        foreach (var client in idle.Take(50))
            Assert.EndsWith(BusyboxImage.Page, await new StreamReader(client.GetStream()).ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(BusyboxImage.Page, await Web.ReadAsync(port));
        var networks = Directory.GetDirectories("/proc/self/task").Select(thread => new FileInfo(Path.Combine(thread, "ns/net")).LinkTarget).Distinct();
        Assert.Single(networks.OfType<string>());

        await process.SignalAsync(Signal.Kill);
        await process.Exited.WaitAsync(EngineWorld.Net, TestContext.Current.CancellationToken);
        foreach (var client in idle)
        {
            await Web.EndedAsync(client.Client);
            client.Dispose();
        }
    }

    private static ContainerConfig Mapped(int port = 0, int several = Several) =>
        new() { PortMappings = [Mapping(port) with { HostPortEnd = (ushort)(port == 0 ? 0 : port + several) }] };

    private static PortMapping Mapping(int port) => new() { HostPort = (ushort)port, ContainerPort = 80 };

    /// <summary>The ports that were opened, in order.</summary>
    private static List<int> Ports(EngineWorld world) => [.. world.Log.Select(line => Opened().Match(line)).Where(m => m.Success).Select(m => int.Parse(m.Groups[1].Value))];

    [GeneratedRegex(@"^(?:tcp|udp) \S+:(\d+) leads to port")]
    private static partial Regex Opened();
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Leda.Harness.Device.Containers;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Engines.Containerd.Network;

/// <summary>
/// The ports of the machine that lead into one running container. There is no bridge: the device itself listens and carries what comes
/// to the container's loopback. Nothing leads out of a container.
/// </summary>
internal sealed class ContainerPorts : IDisposable
{
    private const string Localhost = "localhost";

    /// <summary>How long connections may take to end when the process has: it may have answered right before.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2);

    private readonly List<IForwardedPort> _ports = [];
    private readonly List<int> _numbers = [];
    private readonly CancellationTokenSource _listening = new();
    private readonly CancellationTokenSource _serving;
    private readonly PortSurroundings _around;
    private readonly Container _container;
    private ContainerNetwork? _network;

    private ContainerPorts(Container container, TimeProvider time, Action<string> log)
    {
        _container = container;
        _serving = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _around = new PortSurroundings(time, log, _listening.Token, _serving.Token);
    }

    /// <summary>Takes the ports for a container that is about to be started. Who connects now waits until it is.</summary>
    /// <param name="container">The container.</param>
    /// <param name="home">Its directory, where the ports are written down.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">For people.</param>
    /// <exception cref="EngineException">One is not to be had; none is taken.</exception>
    /// <exception cref="IOException">They cannot be written down; none is taken.</exception>
    public static ContainerPorts Open(Container container, string home, TimeProvider time, Action<string> log)
    {
        var ports = new ContainerPorts(container, time, log);
        try
        {
            foreach (var mapping in container.Config.PortMappings ?? [])
                ports.Take(mapping, former: 0);
            if (ports._numbers.Count > 0)
                AtomicFile.Write(Record(home), Encoding.ASCII.GetBytes(string.Join('\n', ports._numbers)));
            return ports;
        }
        catch
        {
            ports.Dispose();
            throw;
        }
    }

    /// <summary>Takes the ports again for a container that runs on although the device has crashed: the ones that it had, if they are
    /// still free. One that is not to be had is told and left out.</summary>
    /// <inheritdoc cref="Open" path="/param"/>
    public static ContainerPorts Reopen(Container container, string home, TimeProvider time, Action<string> log)
    {
        var ports = new ContainerPorts(container, time, log);
        var former = File.Exists(Record(home)) ? File.ReadAllLines(Record(home)) : [];
        foreach (var (index, mapping) in (container.Config.PortMappings ?? []).Index())
        {
            try
            {
                ports.Take(mapping, index < former.Length && int.TryParse(former[index], CultureInfo.InvariantCulture, out var port) ? port : 0);
            }
            catch (EngineException e)
            {
                log($"container {container.Id} runs on, but one of its ports is lost: {e.Message}");
            }
        }

        return ports;
    }

    /// <summary>Lets in who has come and will come.</summary>
    /// <param name="sockets">Makes sockets in the container's network.</param>
    /// <param name="pid">The container's process.</param>
    public void Lead(SocketMaker sockets, int pid)
    {
        if (_ports.Count == 0)
            return;
        try
        {
            _network = new ContainerNetwork(sockets, pid);
        }
        catch (IOException e)
        {
            // Its process has ended already, of which the engine will hear.
            _around.Log($"the ports of container {_container.Id} lead nowhere: {e.Message}");
            Dispose();
            return;
        }

        foreach (var port in _ports)
            _ = port.ForwardAsync(_network);
    }

    /// <summary>Frees the ports because the process has ended. Connections end by themselves, within seconds or by force.</summary>
    public void End()
    {
        _listening.Cancel();
        foreach (var port in _ports)
            port.Dispose();
        _network?.Dispose();
        _serving.CancelAfter(_patience);
    }

    /// <summary>Frees the ports and ends all connections.</summary>
    public void Dispose()
    {
        End();
        _serving.Cancel();
    }

    private static string Record(string home) => Path.Combine(home, "ports");

    private void Take(PortMapping mapping, int former)
    {
        var socket = PortChoice.Bind(mapping, former);
        _ports.Add(socket.SocketType == SocketType.Stream
            ? new TcpPort(socket, mapping.ContainerPort, _around)
            : new UdpPort(socket, mapping.ContainerPort, _around));
        var end = (IPEndPoint)socket.LocalEndPoint!;
        _numbers.Add(end.Port);
        if (mapping.HostIP is { Length: > 0 } and not Localhost && !IPAddress.TryParse(mapping.HostIP, out _))
            _around.Log($"'{mapping.HostIP}' of container {_container.Id} is no address; its port {end.Port} is open to this machine only");
        _around.Log($"{socket.ProtocolType.ToString().ToLowerInvariant()} {end} leads to port {mapping.ContainerPort} of container {_container.Id}");
    }
}

using System.Net;
using System.Net.Sockets;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Engines.Containerd.Network;

/// <summary>
/// Which address and port of the machine a mapping gets: the first free port of its range (<c>kanto-container-management.md</c> 5.4).
/// An address that is none, such as <c>localhost</c>, means loopback. In the original it means every interface (9, hazard 7), which is
/// more than anyone who writes it can want.
/// </summary>
internal static class PortChoice
{
    private const int Backlog = 512;

    /// <summary>Takes a port, and begins to listen if it is TCP's.</summary>
    /// <param name="mapping">What is wanted.</param>
    /// <param name="former">The port that it had before the device crashed, which is kept if it is still free; 0 if none.</param>
    /// <exception cref="EngineException">No port is free, or the mapping makes no sense.</exception>
    public static Socket Bind(PortMapping mapping, int former)
    {
        var kind = mapping.Proto?.ToLowerInvariant() switch
        {
            "tcp" or "" or null => SocketType.Stream,
            "udp" => SocketType.Dgram,
            _ => throw Failure($"the protocol of port mapping {mapping.HostPort}:{mapping.ContainerPort} is '{mapping.Proto}'; expected tcp or udp"),
        };
        var last = Math.Max(mapping.HostPort, mapping.HostPortEnd);
        var problem = SocketError.AddressAlreadyInUse;
        foreach (var port in Enumerable.Range(mapping.HostPort, last - mapping.HostPort + 1).OrderByDescending(p => p == former))
        {
            if (TryBind(kind, new IPEndPoint(AddressOf(mapping.HostIP), port), out problem) is { } socket)
                return socket;
            if (problem != SocketError.AddressAlreadyInUse)
                break;
        }

        var range = last == mapping.HostPort ? $"{last}" : $"{mapping.HostPort}-{last}";
        throw Failure(problem == SocketError.AddressAlreadyInUse
            ? $"port {range} of {AddressOf(mapping.HostIP)}, which is to lead to port {mapping.ContainerPort} of the container, is in use; stop what uses it or map another port"
            : $"cannot listen at port {range} of {AddressOf(mapping.HostIP)}: {new SocketException((int)problem).Message.ToLowerInvariant()}");
    }

    /// <summary>The address that a mapping means.</summary>
    public static IPAddress AddressOf(string? hostIP) => string.IsNullOrEmpty(hostIP) ? IPAddress.Any
        : IPAddress.TryParse(hostIP, out var address) ? address
        : IPAddress.Loopback;

    private static Socket? TryBind(SocketType kind, IPEndPoint end, out SocketError problem)
    {
        var socket = new Socket(end.AddressFamily, kind, kind == SocketType.Stream ? ProtocolType.Tcp : ProtocolType.Udp);
        try
        {
            socket.Bind(end);
            if (kind == SocketType.Stream)
                socket.Listen(Backlog);
            problem = SocketError.Success;
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            problem = e.SocketErrorCode;
            return null;
        }
    }

    private static EngineException Failure(string message) => new(message) { IsOfNetwork = true };
}

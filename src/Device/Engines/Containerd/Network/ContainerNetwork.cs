using System.Net;
using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;

namespace Leda.Harness.Device.Engines.Containerd.Network;

/// <summary>The network that a running container has to itself: nothing but loopback.</summary>
/// <param name="sockets">Makes sockets in it.</param>
/// <param name="pid">The container's process.</param>
/// <exception cref="IOException">The process has ended.</exception>
internal sealed class ContainerNetwork(SocketMaker sockets, int pid) : IDisposable
{
    private readonly SafeFileHandle _network = SocketMaker.NetworkOf($"{pid}");

    /// <summary>Connects to a port of the container.</summary>
    /// <exception cref="SocketException">Nobody listens there.</exception>
    /// <exception cref="IOException">There are no more sockets.</exception>
    /// <exception cref="ObjectDisposedException">The container or the device ends.</exception>
    public async Task<Socket> ConnectAsync(SocketType kind, int port, CancellationToken cancellationToken)
    {
        var socket = await sockets.MakeAsync(_network, kind);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose() => _network.Dispose();
}

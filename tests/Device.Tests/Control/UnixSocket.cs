using System.Net.Sockets;

namespace Leda.Harness.Device.Tests.Control;

internal static class UnixSocket
{
    public static async Task<NetworkStream> OpenAsync(string path, CancellationToken cancellationToken = default)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}

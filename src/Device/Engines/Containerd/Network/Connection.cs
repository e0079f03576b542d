using System.Buffers;
using System.Net.Sockets;

namespace Leda.Harness.Device.Engines.Containerd.Network;

/// <summary>Two TCP connections that are one: each end sees of the other what it would see if there was nothing between.</summary>
internal static class Connection
{
    private const int BufferSize = 32 * 1024;

    /// <summary>Carries bytes both ways until both ends have said their last, one of them is gone, or it is cancelled. Neither end is
    /// sent faster than it reads. Never fails.</summary>
    public static async Task JoinAsync(Socket one, Socket other, CancellationToken cancellationToken)
    {
        one.NoDelay = other.NoDelay = true;
        await Task.WhenAll(CarryAsync(one, other, cancellationToken), CarryAsync(other, one, cancellationToken));
        one.Dispose();
        other.Dispose();
    }

    /// <summary>Ends a connection so that nobody takes what came until now for the whole.</summary>
    public static void Abort(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It has ended already.
        }

        socket.Dispose();
    }

    private static async Task CarryAsync(Socket from, Socket to, CancellationToken cancellationToken)
    {
        try
        {
            while (await CarrySomeAsync(from, to, cancellationToken))
            {
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            Abort(from);
            Abort(to);
        }
    }

    private static async Task<bool> CarrySomeAsync(Socket from, Socket to, CancellationToken cancellationToken)
    {
        await from.ReceiveAsync(Memory<byte>.Empty, cancellationToken); // idle connections hold no buffers
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var count = await from.ReceiveAsync(buffer, cancellationToken);
            for (var sent = 0; sent < count;)
                sent += await to.SendAsync(buffer.AsMemory(sent..count), cancellationToken);
            return count > 0;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

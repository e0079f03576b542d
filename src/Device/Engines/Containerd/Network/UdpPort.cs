using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Leda.Harness.Device.Engines.Containerd.Network;

/// <summary>Leads datagrams to a port of the machine into a container, and the answers back to whoever asked.</summary>
/// <param name="outside">Receives and answers.</param>
/// <param name="port">The port in the container.</param>
/// <param name="around">Clock, log and the end.</param>
internal sealed class UdpPort(Socket outside, int port, PortSurroundings around) : IForwardedPort
{
    private const int LargestDatagram = 64 * 1024;

    /// <summary>How many may be answered at a time; the next ones are not heard.</summary>
    private const int MostClients = 1024;

    /// <summary>For how long answers find their way back after the last datagram.</summary>
    private static readonly TimeSpan _memory = TimeSpan.FromSeconds(90);

    private readonly ConcurrentDictionary<SocketAddress, Socket> _inside = [];
    private bool _toldFull;

    /// <inheritdoc/>
    public async Task ForwardAsync(ContainerNetwork network)
    {
        var buffer = new byte[LargestDatagram];
        var sender = new SocketAddress(outside.AddressFamily);
        while (!around.Listening.IsCancellationRequested)
        {
            try
            {
                var count = await outside.ReceiveFromAsync(buffer, SocketFlags.None, sender, around.Listening);
                if (await FindAsync(sender, network) is { } inside)
                    await inside.SendAsync(buffer.AsMemory(0, count), around.Listening);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // Closed, or one datagram is lost, as datagrams are.
            }
            catch (Exception e)
            {
                around.Log($"a datagram for port {port} of a container was lost: {e.Message}");
            }
        }
    }

    public void Dispose() => outside.Dispose();

    private async ValueTask<Socket?> FindAsync(SocketAddress sender, ContainerNetwork network)
    {
        if (_inside.TryGetValue(sender, out var known))
            return known;
        if (_inside.Count >= MostClients)
        {
            if (!_toldFull)
                around.Log($"more than {MostClients} clients send datagrams to port {port} of a container; those beyond are not heard");
            _toldFull = true;
            return null;
        }

        var inside = await network.ConnectAsync(SocketType.Dgram, port, around.Listening);
        var client = new SocketAddress(sender.Family, sender.Size);
        sender.Buffer.Span[..sender.Size].CopyTo(client.Buffer.Span);
        _inside[client] = inside;
        _ = AnswerAsync(client, inside);
        return inside;
    }

    private async Task AnswerAsync(SocketAddress client, Socket inside)
    {
        var buffer = new byte[LargestDatagram];
        using var silence = new CancellationTokenSource(_memory, around.Time);
        await using var end = around.Serving.UnsafeRegister(_ => silence.Cancel(), null);
        try
        {
            while (true)
            {
                var count = await inside.ReceiveAsync(buffer, silence.Token);
                silence.CancelAfter(_memory);
                await outside.SendToAsync(buffer.AsMemory(0, count), SocketFlags.None, client, silence.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Nothing was said for long, or nobody listens: the next datagram begins anew.
            _inside.TryRemove(client, out _);
            inside.Dispose();
        }
    }
}

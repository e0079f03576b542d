using System.Net.Sockets;

namespace Leda.Harness.Device.Engines.Containerd.Network;

/// <summary>Leads connections to a port of the machine into a container.</summary>
/// <param name="outside">Listens.</param>
/// <param name="port">The port in the container.</param>
/// <param name="around">Clock, log and the end.</param>
internal sealed class TcpPort(Socket outside, int port, PortSurroundings around) : IForwardedPort
{
    /// <summary>How long nobody is let in when there are no more sockets.</summary>
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public async Task ForwardAsync(ContainerNetwork network)
    {
        while (!around.Listening.IsCancellationRequested)
        {
            try
            {
                _ = LetInAsync(await outside.AcceptAsync(around.Listening), network);
            }
            catch (Exception e) when (around.Listening.IsCancellationRequested && e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException e)
            {
                around.Log($"a connection to port {port} of a container had to wait: {e.Message.ToLowerInvariant()}");

                // Out of files, for example: at once it would fail again.
                await Task.Delay(_pause, around.Time, CancellationToken.None);
            }
        }
    }

    private async Task LetInAsync(Socket client, ContainerNetwork network)
    {
        try
        {
            var inside = await network.ConnectAsync(SocketType.Stream, port, around.Serving);
            await Connection.JoinAsync(client, inside, around.Serving);
        }
        catch (Exception e)
        {
            // To the client it is as if it had been refused: the port is open though nobody may listen in the container yet.
            Connection.Abort(client);
            if (e is not (SocketException or OperationCanceledException or ObjectDisposedException))
                around.Log($"a connection to port {port} of a container failed: {e.Message}");
        }
    }

    public void Dispose() => outside.Dispose();
}

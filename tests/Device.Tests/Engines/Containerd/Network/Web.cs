using System.Net;
using System.Net.Sockets;

namespace Leda.Harness.Device.Tests.Engines.Containerd.Network;

/// <summary>Who comes from outside.</summary>
internal static class Web
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(20);

    private static readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero });

    /// <summary>The page at a port, once somebody serves it.</summary>
    public static async Task<string> ReadAsync(int port)
    {
        // Nobody tells when it is so; it is asked again until a generous net is used up.
        for (var since = RealTime.Provider.GetTimestamp(); ; await Task.Delay(_pause, RealTime.Provider))
        {
            try
            {
                using var answer = await _http.GetAsync(new Uri($"http://127.0.0.1:{port}/"));
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                return await answer.Content.ReadAsStringAsync();
            }
            catch (HttpRequestException) when (RealTime.Provider.GetElapsedTime(since) < EngineWorld.Net)
            {
                // Not yet.
            }
        }
    }

    /// <summary>Fails if anyone listens at the port.</summary>
    public static async Task RefusedAsync(int port)
    {
        using var client = new TcpClient();
        var error = await Assert.ThrowsAsync<SocketException>(() => client.ConnectAsync(IPAddress.Loopback, port));
        Assert.Equal(SocketError.ConnectionRefused, error.SocketErrorCode);
    }

    /// <summary>Waits for the other side to end a connection, in whatever way.</summary>
    public static async Task EndedAsync(Socket socket)
    {
        try
        {
            while (await socket.ReceiveAsync(new byte[1]).WaitAsync(EngineWorld.Net) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // Reset, as good as any.
        }
    }

    /// <summary>Takes a port of this machine, all addresses.</summary>
    public static TcpListener Occupy(out int port)
    {
        var listener = new TcpListener(IPAddress.Any, 0);
        listener.Start();
        port = ((IPEndPoint)listener.LocalEndpoint).Port;
        return listener;
    }
}

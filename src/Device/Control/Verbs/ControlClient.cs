using System.Net.Sockets;
using Grpc.Net.Client;
using Leda.Harness.Device.Control.Wire;

namespace Leda.Harness.Device.Control.Verbs;

/// <summary>A device that is reached over its control socket; the original's daemon answers the same calls.</summary>
internal sealed class ControlClient : IDisposable
{
    /// <summary>Where the original listens (<c>kanto-container-management.md</c> 6).</summary>
    public const string UsualSocket = "/run/container-management/container-management.sock";

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    private readonly GrpcChannel _channel;

    private ControlClient(string path)
    {
        _channel = GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler { ConnectCallback = async (_, cancelled) => await OpenAsync(path, cancelled) },
            DisposeHttpClient = true,
            MaxReceiveMessageSize = null,
        });
        Containers = new(_channel);
        System = new(_channel);
    }

    /// <summary>Calls about containers.</summary>
    public Wire.Containers.ContainersClient Containers { get; }

    /// <summary>Calls about the device.</summary>
    public SystemInfo.SystemInfoClient System { get; }

    /// <summary>Waits until a device listens, as the original's client does: it may be starting.</summary>
    /// <exception cref="VerbException">None does in time, or the socket is not for this user.</exception>
    public static async Task<ControlClient> ConnectAsync(string path, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            try
            {
                await using var probe = await OpenAsync(path, cancellationToken);
                return new ControlClient(path);
            }
            catch (SocketException e) when (e.SocketErrorCode != SocketError.AccessDenied && time.GetElapsedTime(start) < patience)
            {
                // The device may be starting; a socket that is not there yet tells nobody when it comes.
                await Task.Delay(_pause, time, cancellationToken);
            }
            catch (Exception e) when (e is SocketException or ArgumentException)
            {
                throw new VerbException($"error while dialing {path}: {e.Message}; a device listens there when it is started with --socket {path}");
            }
        }
    }

    public void Dispose() => _channel.Dispose();

    private static async Task<NetworkStream> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

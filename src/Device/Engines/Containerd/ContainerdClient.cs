using System.Net.Sockets;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Leda.Harness.Device.Engines.Containerd.Protos.Content;
using Leda.Harness.Device.Engines.Containerd.Protos.Diff;
using Leda.Harness.Device.Engines.Containerd.Protos.Leases;
using Leda.Harness.Device.Engines.Containerd.Protos.Snapshots;
using Leda.Harness.Device.Engines.Containerd.Protos.Tasks;
using ContainersService = Leda.Harness.Device.Engines.Containerd.Protos.Containers.Containers;
using ImagesService = Leda.Harness.Device.Engines.Containerd.Protos.Images.Images;
using Version = Leda.Harness.Device.Engines.Containerd.Protos.Version.Version;

namespace Leda.Harness.Device.Engines.Containerd;

/// <summary>containerd's services over its Unix socket, in one namespace. A lost connection comes back by itself with the next call.</summary>
internal sealed class ContainerdClient : IDisposable
{
    private const string Overlay = "overlayfs";
    private const string Copies = "native";

    /// <summary>No call but those that wait or copy takes this long, unless containerd hangs.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    private readonly GrpcChannel _channel;
    private readonly TimeProvider _time;
    private readonly string _address;

    public ContainerdClient(string address, string containerNamespace, TimeProvider time)
    {
        _address = address;
        _time = time;
        Namespace = containerNamespace;
        _channel = GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler { ConnectCallback = (_, cancelled) => ConnectAsync(cancelled) },
            DisposeHttpClient = true,
            MaxReceiveMessageSize = null,
            ThrowOperationCanceledOnCancellation = true,
        });
        Containers = new(_channel);
        Tasks = new(_channel);
        Images = new(_channel);
        Content = new(_channel);
        Snapshots = new(_channel);
        Diff = new(_channel);
        Leases = new(_channel);
    }

    public string Namespace { get; }

    public ContainersService.ContainersClient Containers { get; }

    public Tasks.TasksClient Tasks { get; }

    public ImagesService.ImagesClient Images { get; }

    public Content.ContentClient Content { get; }

    public Snapshots.SnapshotsClient Snapshots { get; }

    public Diff.DiffClient Diff { get; }

    public Leases.LeasesClient Leases { get; }

    /// <summary>What keeps file systems: overlays, or plain copies where the machine's disk cannot have overlays.</summary>
    public string Snapshotter { get; private set; } = Overlay;

    /// <summary>Finds out whether containerd is there, and what it can do.</summary>
    /// <exception cref="EngineException">It cannot be reached.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await new Version.VersionClient(_channel).VersionAsync(new Empty(), Call(cancellationToken));
            await Snapshots.StatAsync(new StatSnapshotRequest { Snapshotter = Overlay, Key = "none" }, Call(cancellationToken));
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            // It has overlays, though not this one.
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.InvalidArgument)
        {
            Snapshotter = Copies;
        }
        catch (RpcException e)
        {
            throw Explain(e);
        }
    }

    /// <summary>For calls that containerd answers at once.</summary>
    public CallOptions Call(CancellationToken cancellationToken, Lease? lease = null) =>
        LongCall(cancellationToken, lease).WithDeadline((_time.GetUtcNow() + _patience).UtcDateTime);

    /// <summary>For calls that take as long as they take.</summary>
    public CallOptions LongCall(CancellationToken cancellationToken, Lease? lease = null)
    {
        var headers = new Metadata { { "containerd-namespace", Namespace } };
        if (lease is not null)
            headers.Add("containerd-lease", lease.Id);
        return new CallOptions(headers, cancellationToken: cancellationToken);
    }

    /// <summary>Asks for what need not be there.</summary>
    public static async Task<T?> OrNothingAsync<T>(Func<Task<T>> ask)
        where T : class
    {
        try
        {
            return await ask();
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>What went wrong, in words that say where to look.</summary>
    public EngineException Explain(RpcException error) => new(error.StatusCode == StatusCode.Unavailable
        ? $"containerd does not answer at {_address}: {Innermost(error)} - is it running, and may this user use it?"
        : error.Status.Detail);

    public void Dispose() => _channel.Dispose();

    private static string Innermost(RpcException error) =>
        error.Status.DebugException?.GetBaseException().Message ?? error.Status.Detail;

    private async ValueTask<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(_address), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

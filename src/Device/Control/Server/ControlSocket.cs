using System.Net;
using System.Net.Sockets;
using Leda.Harness.Device.Containers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Leda.Harness.Device.Control.Server;

/// <summary>
/// The device's command line endpoint: gRPC over a Unix socket, with the services that the original's <c>kanto-cm</c> calls
/// (<c>kanto-container-management.md</c> 6). Whoever may open the socket, which is the device's own user, may do everything.
/// </summary>
internal sealed class ControlSocket : IAsyncDisposable
{
    /// <summary>How long calls under way may take to end when the device stops.</summary>
    private static readonly TimeSpan _farewell = TimeSpan.FromSeconds(1);

    /// <summary>Linux' ENXIO: what opening a socket comes to.</summary>
    private const int NoSuchDevice = 6;

    private readonly WebApplication _app;

    private ControlSocket(WebApplication app) => _app = app;

    /// <summary>Listens. A file that a killed device left behind is replaced.</summary>
    /// <param name="path">Where; missing directories are made.</param>
    /// <param name="containers">What is commanded.</param>
    /// <param name="log">Takes lines for people.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">Another process listens there, or the path cannot be used.</exception>
    public static async Task<ControlSocket> ListenAsync(
        string path, ContainerManager containers, Action<string> log, CancellationToken cancellationToken = default)
    {
        try
        {
            path = Path.GetFullPath(path);
            await MakeRoomAsync(path, cancellationToken);
            return new ControlSocket(await StartAsync(Build(path, containers, log), cancellationToken));
        }
        catch (Exception e) when (e is SocketException or ArgumentException or UnauthorizedAccessException)
        {
            throw new IOException($"the control socket {path} cannot be made: {e.Message}", e);
        }
    }

    /// <summary>Takes no more calls and removes the socket.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static async Task<WebApplication> StartAsync(WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    private static WebApplication Build(string path, ContainerManager containers, Action<string> log)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = _farewell);
        builder.Services.AddRoutingCore();
        builder.Services.AddGrpc(options => options.Interceptors.Add<Failures>(log));
        builder.Services.AddSingleton(new ContainerService(containers));
        builder.Services.AddSingleton(new SystemInfoService());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server => server.ListenUnixSocket(path, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.Use(GoAuthority.Tolerate);
        }));
        builder.Services.Configure<SocketTransportOptions>(sockets => sockets.CreateBoundListenSocket = Bind);
        var app = builder.Build();
        app.MapGrpcService<ContainerService>();
        app.MapGrpcService<SystemInfoService>();
        return app;
    }

    /// <summary>Nobody can connect before the permissions are set: the socket does not listen yet.</summary>
    private static Socket Bind(EndPoint endpoint)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(endpoint.ToString()!, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return socket;
    }

    private static async Task MakeRoomAsync(string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (!File.Exists(path))
            return;
        if (!IsSocket(path))
            throw new IOException($"the control socket {path} cannot be made: another file is in its place");
        if (await SomeoneListensAsync(path, cancellationToken))
            throw new IOException($"the control socket {path} is in use by another process; give each device one of its own");
        File.Delete(path);
    }

    private static async Task<bool> SomeoneListensAsync(string path, CancellationToken cancellationToken)
    {
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await probe.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return false;
        }
    }

    /// <summary>Whether a file is a socket, which is none that can be opened. Any other file, one that somebody has locked among them, stays
    /// what it is; a named pipe opened in both directions does not wait for its other end.</summary>
    private static bool IsSocket(string path)
    {
        try
        {
            File.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite).Dispose();
            return false;
        }
        catch (IOException e) when (e.HResult == NoSuchDevice)
        {
            return true;
        }
    }

    /// <summary>The device's own program says when it ends; the host must not listen to signals too.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

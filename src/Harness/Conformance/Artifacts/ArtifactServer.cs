using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Leda.Harness.Conformance.Artifacts;

/// <summary>Files over HTTP, for a device in another process or on another machine.</summary>
internal sealed class ArtifactServer : IArtifactShelf, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, byte[]> _files = new();
    private readonly WebApplication _web;

    private ArtifactServer(IPAddress address)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(address, 0));
        _web = builder.Build();
        _web.Run(ServeAsync);
    }

    /// <summary>Starts to listen on any free port.</summary>
    /// <param name="address">An address of this machine that the device can reach.</param>
    /// <exception cref="IOException">It is none of this machine.</exception>
    public static async Task<ArtifactServer> StartAsync(IPAddress address)
    {
        var server = new ArtifactServer(address);
        await server._web.StartAsync();
        return server;
    }

    /// <inheritdoc/>
    public string Offer(string file, string content)
    {
        _files[$"/{file}"] = Encoding.UTF8.GetBytes(content);
        return Missing(file);
    }

    /// <inheritdoc/>
    public string Missing(string file) =>
        $"{_web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()}/{file}";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        now.Cancel();
        await _web.StopAsync(now.Token);
        await _web.DisposeAsync();
    }

    private async Task ServeAsync(HttpContext call)
    {
        if (_files.TryGetValue(call.Request.Path, out var content))
        {
            call.Response.ContentLength = content.Length;
            await call.Response.Body.WriteAsync(content);
            return;
        }

        call.Response.StatusCode = StatusCodes.Status404NotFound;
        await call.Response.Body.WriteAsync("404 page not found"u8.ToArray());
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using Leda.Harness.Simulator.Api.Acks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Leda.Harness.Simulator.Api;

/// <summary>Ditto's HTTP API version 2 on Kestrel (<c>ditto.md</c> 4).</summary>
public sealed class ApiHost : IAsyncDisposable
{
    private readonly WebApplication _web;

    private ApiHost(WebApplication web) => _web = web;

    /// <summary>Where it can be reached, for example <c>http://127.0.0.1:8080</c>.</summary>
    public Uri Url => new(_web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Starts to listen.</summary>
    /// <param name="options">Where, and for whom.</param>
    /// <param name="cloud">What is offered.</param>
    /// <exception cref="ApiAddressException">The port is in use or not allowed, or the address is open to others and the users are the
    /// well-known ones.</exception>
    public static async Task<ApiHost> StartAsync(ApiOptions options, DittoCloud cloud)
    {
        if (!IPAddress.IsLoopback(options.Address) && options.Users.Any(u => ApiOptions.DefaultUsers.Contains(u)))
            throw new ApiAddressException($"{options.Address} can be reached by others: give users and passwords of your own instead of ditto:ditto.");
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options));
        var web = builder.Build();
        var front = new ApiFront(options, cloud, new AckBoard(cloud));
        web.UseWebSockets();
        web.Run(front.ServeAsync);
        try
        {
            await web.StartAsync();
            return new ApiHost(web);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await web.DisposeAsync();
            throw new ApiAddressException($"HTTP cannot listen on {options.Address}:{options.Port}: {e.Message} Choose another port, or 0 for any free one.", e);
        }
    }

    /// <summary>Stops listening; what is being answered is cut off.</summary>
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        now.Cancel();
        await _web.StopAsync(now.Token);
        await _web.DisposeAsync();
    }

    private static void Configure(KestrelServerOptions kestrel, ApiOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.ResponseHeaderEncodingSelector = _ => Encoding.UTF8; // as requests are read; a correlation id comes back as it was sent
        kestrel.Listen(options.Address, options.Port);
        kestrel.Limits.MaxRequestBodySize = ApiRequest.LargestBody;
        kestrel.Limits.RequestHeadersTimeout = options.Patience;
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(240, options.Patience);
    }
}

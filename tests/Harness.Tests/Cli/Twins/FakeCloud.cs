using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Leda.Harness.Tests.Cli.Twins;

/// <summary>Answers HTTP as a test says, and remembers what it was asked.</summary>
internal sealed class FakeCloud : IAsyncDisposable
{
    private readonly WebApplication _web;

    private FakeCloud(WebApplication web) => _web = web;

    /// <summary>Each request as it stood on the wire: method, target, body.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>The headers of the last request.</summary>
    public IHeaderDictionary? LastHeaders { get; private set; }

    public string Url => _web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Starts one that answers each request, method and target, with a status and JSON.</summary>
    public static Task<FakeCloud> StartAsync(Func<string, (int Status, string? Json)> answer) => StartAsync(async (request, response) =>
    {
        var (status, json) = answer(request);
        response.StatusCode = status;
        if (json is null)
            return;
        response.ContentType = "application/json";
        await response.WriteAsync(json);
    });

    public static async Task<FakeCloud> StartAsync(Func<string, HttpResponse, Task> answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var web = builder.Build();
        var cloud = new FakeCloud(web);
        web.Run(async http =>
        {
            var request = $"{http.Request.Method} {http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget}";
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            cloud.LastHeaders = new HeaderDictionary(http.Request.Headers.ToDictionary(StringComparer.OrdinalIgnoreCase));
            cloud.Requests.Enqueue(body.Length == 0 ? request : $"{request} {Encoding.UTF8.GetString(body.ToArray())}");
            await answer(request, http.Response);
        });
        await web.StartAsync();
        return cloud;
    }

    /// <summary>Runs a verb against it to its end.</summary>
    public async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        await using var program = RunningProgram.Harness([.. arguments, "--url", Url]);
        return await program.EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        now.Cancel();
        await _web.StopAsync(now.Token);
        await _web.DisposeAsync();
    }
}

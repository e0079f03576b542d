using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Leda.Harness.Device.Tests.Engines.Containerd;

/// <summary>A registry with one image, <c>some/image:1</c>, that behaves as Docker Hub does, or badly.</summary>
internal sealed class ScriptedRegistry : IAsyncDisposable
{
    private const string Type = "application/vnd.docker.distribution.manifest.v2+json";
    private const string Token = "anyone";

    private readonly WebApplication _web;
    private readonly BusyboxImage _image = BusyboxImage.Usual;

    private static int _made;

    // Another digest each time: containerd takes what it has in one namespace for all.
    private readonly byte[] _layer = [.. BusyboxImage.PackedLayer, .. EmptyMember($"{Interlocked.Increment(ref _made)}")];

    private ScriptedRegistry(WebApplication web) => _web = web;

    /// <summary>Whether it wants a token, which it gives to anyone who asks for this very image.</summary>
    private bool WantsToken { get; init; }

    /// <summary>Whether blobs are at another place, where the token must not be shown.</summary>
    private bool Redirects { get; init; }

    /// <summary>Whether it breaks off in the middle of the layer.</summary>
    private bool BreaksOff { get; init; }

    /// <summary>Whether the layer is another one than the manifest says.</summary>
    private bool Cheats { get; init; }

    public string Image => $"{Host}/some/image:1";

    private string Host => new Uri(_web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Authority;

    private byte[] Layer => Cheats ? [.. _layer[..^1], 0x55] : _layer;

    public static async Task<ScriptedRegistry> StartAsync(bool wantsToken = false, bool redirects = false, bool breaksOff = false, bool cheats = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var web = builder.Build();
        web.Urls.Add("http://127.0.0.1:0");
        var registry = new ScriptedRegistry(web) { WantsToken = wantsToken, Redirects = redirects, BreaksOff = breaksOff, Cheats = cheats };
        web.Run(registry.AnswerAsync);
        await web.StartAsync();
        return registry;
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var authorization = context.Request.Headers.Authorization.ToString();
        if (path == "/token")
            return context.Request.Query["scope"] == "repository:some/image:pull" && context.Request.Query["service"] == "here"
                ? SendAsync(context, "application/json", Encoding.UTF8.GetBytes($$"""{"token":"{{Token}}"}"""))
                : Status(context, StatusCodes.Status403Forbidden);
        if (path.StartsWith("/elsewhere/", StringComparison.Ordinal))
            return authorization.Length == 0 ? SendBlobAsync(context, path) : Status(context, StatusCodes.Status400BadRequest);
        if (WantsToken && authorization != $"Bearer {Token}")
        {
            context.Response.Headers.WWWAuthenticate = $"Bearer realm=\"http://{Host}/token\",service=\"here\",scope=\"any\"";
            return Status(context, StatusCodes.Status401Unauthorized);
        }

        if (path == "/v2/some/image/manifests/1")
            return SendAsync(context, Type, Manifest());
        if (Redirects)
            context.Response.Redirect($"/elsewhere{path}");
        return Redirects ? Task.CompletedTask : SendBlobAsync(context, path);
    }

    private Task SendBlobAsync(HttpContext context, string path)
    {
        if (path.EndsWith(BusyboxImage.Digest(_image.Config), StringComparison.Ordinal))
            return SendAsync(context, "application/octet-stream", _image.Config);
        return BreaksOff ? BreakOffAsync(context) : SendAsync(context, "application/octet-stream", Layer);
    }

    private async Task BreakOffAsync(HttpContext context)
    {
        context.Response.ContentLength = Layer.Length;
        await context.Response.Body.WriteAsync(Layer.AsMemory(0, Layer.Length / 2));
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    private byte[] Manifest() => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["schemaVersion"] = 2,
        ["mediaType"] = Type,
        ["config"] = new JsonObject
        {
            ["mediaType"] = "application/vnd.docker.container.image.v1+json",
            ["digest"] = BusyboxImage.Digest(_image.Config),
            ["size"] = _image.Config.Length,
        },
        ["layers"] = new JsonArray(new JsonObject
        {
            ["mediaType"] = "application/vnd.docker.image.rootfs.diff.tar.gzip",
            ["digest"] = BusyboxImage.Digest(_layer),
            ["size"] = _layer.Length,
        }),
    }.ToJsonString());

    /// <summary>What may follow in a gzip file without adding anything to its content.</summary>
    private static byte[] EmptyMember(string name) =>
        [0x1F, 0x8B, 8, 8, 0, 0, 0, 0, 0, 3, .. Encoding.ASCII.GetBytes(name), 0, 3, 0, .. new byte[8]];

    private static Task SendAsync(HttpContext context, string type, byte[] content)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = content.Length;
        return context.Response.Body.WriteAsync(content).AsTask();
    }

    private static Task Status(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}

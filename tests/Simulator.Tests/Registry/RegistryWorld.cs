using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Leda.Harness.Protocol;
using Leda.Harness.Simulator.Api;
using Leda.Harness.Simulator.Registry;

namespace Leda.Harness.Simulator.Tests.Registry;

/// <summary>The registry as a client sees it over HTTP.</summary>
internal sealed class RegistryWorld : IAsyncDisposable
{
    private readonly ApiHost _api;

    private RegistryWorld(ApiHost api, DeviceRegistry registry)
    {
        _api = api;
        Registry = registry;
        Http = new HttpClient { BaseAddress = api.Url };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("ditto:ditto"u8));
    }

    public DeviceRegistry Registry { get; }

    public HttpClient Http { get; }

    public static async Task<RegistryWorld> StartAsync()
    {
        var cloud = new DittoCloud(RealTime.Provider, new IdSource(1));
        return new RegistryWorld(await ApiHost.StartAsync(new ApiOptions { Port = 0 }, cloud), cloud.Registry);
    }

    /// <summary>Sends a request and reads the whole answer.</summary>
    public async Task<(int Status, JsonElement Body, HttpResponseMessage Response)> SendAsync(
        string method, string path, string? body = null, string? version = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (version is not null)
            request.Headers.TryAddWithoutValidation("If-Match", version);
        var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? default : JsonElement.Parse(text), response);
    }

    public async Task<int> StatusAsync(string method, string path, string? body = null, string? version = null) =>
        (await SendAsync(method, path, body, version)).Status;

    public static string Version(HttpResponseMessage response) => Assert.Single(response.Headers.NonValidated["ETag"]);

    public static ImmutableArray<string> Ids(JsonElement search) =>
        [.. search.GetProperty("result").EnumerateArray().Select(e => e.GetProperty("id").GetString()!)];

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _api.DisposeAsync();
    }
}

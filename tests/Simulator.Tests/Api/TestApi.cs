using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text;
using Leda.Harness.Protocol;
using Leda.Harness.Simulator.Api;

namespace Leda.Harness.Simulator.Tests.Api;

/// <summary>The API on a free port with an empty cloud behind it, and users <c>ditto</c> (owner of what it makes) and <c>other</c>.</summary>
internal sealed class TestApi : IAsyncDisposable
{
    public const string Owner = "ditto";
    public const string Other = "other";

    private readonly ApiHost _host;
    private readonly HttpClient _http = new(new ErrorBodyCheck());

    private TestApi(ApiHost host, DittoCloud cloud)
    {
        _host = host;
        Cloud = cloud;
    }

    public DittoCloud Cloud { get; }

    public Uri Url => _host.Url;

    /// <summary>An id that nobody else in this run has.</summary>
    public string NewId() => $"test.ns:{Cloud.Ids.NewUuid()}";

    public static async Task<TestApi> StartAsync(ApiOptions? options = null, int seed = 1, TimeProvider? clock = null, Action<string>? log = null)
    {
        var cloud = new DittoCloud(clock ?? RealTime.Provider, new IdSource(seed)) { Log = log ?? (_ => { }) };
        options ??= new ApiOptions();
        return new TestApi(
            await ApiHost.StartAsync(options with { Port = 0, Users = options.Users.Add(Other, Other) }, cloud), cloud);
    }

    public Task<ApiAnswer> GetAsync(string path, string user = Owner, params (string Name, string Value)[] headers) =>
        SendAsync("GET", path, null, user, headers);

    public Task<ApiAnswer> PutAsync(string path, string body = "{}", string user = Owner, params (string Name, string Value)[] headers) =>
        SendAsync("PUT", path, body, user, headers);

    public Task<ApiAnswer> PatchAsync(string path, string body, string user = Owner, params (string Name, string Value)[] headers) =>
        SendAsync("PATCH", path, body, user, [("Content-Type", "application/merge-patch+json"), .. headers]);

    public Task<ApiAnswer> PostAsync(string path, string body = "{}", string user = Owner, params (string Name, string Value)[] headers) =>
        SendAsync("POST", path, body, user, headers);

    public Task<ApiAnswer> DeleteAsync(string path, string user = Owner, params (string Name, string Value)[] headers) =>
        SendAsync("DELETE", path, null, user, headers);

    /// <summary>Sends a request; its path is taken below <c>/api/2</c> exactly as written. No user means no credentials.</summary>
    public async Task<ApiAnswer> SendAsync(string method, string path, string? body, string? user, params (string Name, string Value)[] headers)
    {
        using var request = Request(method, path, user);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", headers.FirstOrDefault(h => h.Name == "Content-Type").Value ?? "application/json");
        }

        foreach (var (name, value) in headers.Where(h => h.Name != "Content-Type"))
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return new ApiAnswer(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            response.Headers.Concat(response.Content.Headers).ToImmutableDictionary(h => h.Key, h => string.Join(',', h.Value), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Opens a stream of server-sent events; it has begun when this returns.</summary>
    public async Task<EventReader> StreamAsync(string path, string user = Owner, params (string Name, string Value)[] headers)
    {
        var request = Request("GET", path, user);
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal((200, "text/event-stream"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        return new EventReader(response);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _host.DisposeAsync();
    }

    private HttpRequestMessage Request(string method, string path, string? user)
    {
        var root = path.StartsWith("/api", StringComparison.Ordinal) ? "" : "/api/2";
        var request = new HttpRequestMessage(
            new HttpMethod(method), new Uri($"{Url.GetLeftPart(UriPartial.Authority)}{root}{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (user is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{user}")));
        return request;
    }
}

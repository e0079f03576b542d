using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Leda.Harness.Cli.Twins;

/// <summary>Talks to a cloud by Ditto's HTTP API version 2 and nothing else (<c>ditto.md</c> 4), be it this harness or Eclipse Ditto.</summary>
internal sealed class CloudClient : IDisposable
{
    private const int PageSize = 200;

    private readonly HttpClient _http;
    private readonly Uri _url;

    /// <param name="url">Where the cloud is, without <c>/api/2</c>.</param>
    /// <param name="user">Name and password with a colon between them.</param>
    public CloudClient(Uri url, string user)
    {
        _url = url;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = !url.IsLoopback });
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(user)));
    }

    /// <summary>Gets a JSON value.</summary>
    /// <param name="path">The path below <c>/api/2</c>, escaped.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="CloudException">The cloud refuses or cannot be reached.</exception>
    public async Task<JsonElement> GetAsync(string path, CancellationToken cancellation) =>
        Accepted(await SendAsync(HttpMethod.Get, path, null, cancellation)).Json();

    /// <summary>Deletes.</summary>
    /// <inheritdoc cref="GetAsync"/>
    public async Task DeleteAsync(string path, CancellationToken cancellation) =>
        Accepted(await SendAsync(HttpMethod.Delete, path, null, cancellation));

    /// <summary>Sends any request and gives back any answer.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path below <c>/api/2</c>, escaped.</param>
    /// <param name="json">The body; none if <see langword="null"/>.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="CloudException">The cloud cannot be reached.</exception>
    public async Task<CloudReply> SendAsync(HttpMethod method, string path, byte[]? json, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, Address(path));
        if (json is not null)
        {
            request.Content = new ByteArrayContent(json);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        using var response = await ReachAsync(_http.SendAsync(request, cancellation), cancellation);
        var body = await response.Content.ReadAsByteArrayAsync(cancellation);
        return new CloudReply((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, body);
    }

    /// <summary>Opens a stream of server-sent events (<c>ditto.md</c> 4.5).</summary>
    /// <inheritdoc cref="GetAsync"/>
    public async Task<Stream> OpenEventsAsync(string path, CancellationToken cancellation)
    {
        const string Events = "text/event-stream";
        using var request = new HttpRequestMessage(HttpMethod.Get, Address(path)) { Headers = { Accept = { new(Events) } } };
        var response = await ReachAsync(_http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation), cancellation);
        var type = response.Content.Headers.ContentType?.MediaType;
        if (response.StatusCode == HttpStatusCode.OK && type == Events)
            return await response.Content.ReadAsStreamAsync(cancellation);
        using (response)
        {
            Accepted(new CloudReply((int)response.StatusCode, type, await response.Content.ReadAsByteArrayAsync(cancellation)));
            throw new CloudException(ExitCode.Failed, $"{_url} sends no events but {type ?? "nothing"}; does --url lead to a Ditto API?");
        }
    }

    /// <summary>Everything that a search finds, page by page (<c>ditto.md</c> 4.4).</summary>
    /// <param name="query">Filter, namespaces, fields; those that are <see langword="null"/> are left out.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="CloudException">The cloud refuses or cannot be reached.</exception>
    public async IAsyncEnumerable<JsonElement> SearchAsync(CloudQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (string? cursor = null, before; ;)
        {
            var option = cursor is null ? $"size({PageSize})" : $"size({PageSize}),cursor({cursor})";
            var page = await GetAsync($"search/things{query.With("option", option)}", cancellation);
            foreach (var item in Items(page))
                yield return item;
            before = cursor;
            cursor = page.TryGetProperty("cursor", out var next) ? next.GetString() : null;
            if (cursor is null)
                yield break;
            if (cursor == before)
                throw new CloudException(ExitCode.Failed, $"{_url} gives the same page again and again.");
        }
    }

    public void Dispose() => _http.Dispose();

    private static CloudReply Accepted(CloudReply reply) => reply.IsSuccess ? reply : throw new CloudException(ExitCode.Failed, reply.Problem());

    private static JsonElement.ArrayEnumerator Items(JsonElement page) =>
        page.ValueKind == JsonValueKind.Object && page.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Array
            ? items.EnumerateArray()
            : throw new CloudException(ExitCode.Failed, "the answer has no 'items'. Does --url lead to a Ditto API?");

    private Uri Address(string path) => new($"{_url.AbsoluteUri.TrimEnd('/')}/api/2/{path}");

    private async Task<HttpResponseMessage> ReachAsync(Task<HttpResponseMessage> sending, CancellationToken cancellation)
    {
        try
        {
            return await sending;
        }
        catch (HttpRequestException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
        {
            throw Unreachable("connection refused; is `leda-harness up` running? Another address is given with --url.");
        }
        catch (HttpRequestException e)
        {
            throw Unreachable($"{e.Message} Is the address right? Another one is given with --url.");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw Unreachable($"no answer within {_http.Timeout.TotalSeconds:0} seconds.");
        }
    }

    private CloudException Unreachable(string problem) => new(ExitCode.Unreachable, $"{_url}: {problem}");
}

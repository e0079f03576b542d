using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;

namespace Leda.Harness.Device.Engines.Containerd.Images;

/// <summary>A registry, as anyone may read it (the registry's HTTP API, version 2).</summary>
internal sealed class Registry(HttpClient http, ImageReference reference)
{
    /// <summary>No manifest is longer; registries refuse more than this.</summary>
    private const int LongestManifest = 4 * 1024 * 1024;

    /// <summary>A registry that does not answer is given up.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private static readonly string[] _manifestTypes =
    [
        "application/vnd.oci.image.index.v1+json", "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.list.v2+json", "application/vnd.docker.distribution.manifest.v2+json",
    ];

    private AuthenticationHeaderValue? _pass;

    /// <summary>What is needed to talk to registries.</summary>
    public static HttpClient NewClient() =>
        new(new SocketsHttpHandler { ConnectTimeout = _patience }) { MaxResponseContentBufferSize = LongestManifest, Timeout = _patience };

    /// <summary>A manifest by tag or digest, and what kind it is.</summary>
    /// <exception cref="EngineException">It cannot be had.</exception>
    public async Task<(string MediaType, byte[] Content)> GetManifestAsync(string version, CancellationToken cancellationToken)
    {
        using var response = await GetAsync($"manifests/{version}", HttpCompletionOption.ResponseContentRead, cancellationToken);
        var type = response.Content.Headers.ContentType?.MediaType ?? "";
        if (!_manifestTypes.Contains(type))
            throw Fail($"the manifest is of type '{type}', which cannot be read; build the image anew");
        return (type, await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    /// <summary>A blob; to be disposed of when it has been read.</summary>
    /// <exception cref="EngineException">It cannot be had.</exception>
    public Task<HttpResponseMessage> GetBlobAsync(string digest, CancellationToken cancellationToken) =>
        GetAsync($"blobs/{digest}", HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    private async Task<HttpResponseMessage> GetAsync(string what, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        var url = new Uri(reference.Registry, $"{reference.Repository}/{what}");
        var response = await SendAsync(url, completion, cancellationToken);
        if (response.StatusCode == HttpStatusCode.Unauthorized && _pass is null && response.Headers.WwwAuthenticate is { Count: > 0 } challenges)
        {
            _pass = await AskForPassAsync(challenges, cancellationToken);
            response.Dispose();
            response = await SendAsync(url, completion, cancellationToken);
        }

        if (response.IsSuccessStatusCode)
            return response;
        using (response)
        {
            throw Fail(response.StatusCode == HttpStatusCode.NotFound
                ? $"{url}: not found"
                : $"unexpected status from GET request to {url}: {(int)response.StatusCode} {response.ReasonPhrase}");
        }
    }

    private async Task<HttpResponseMessage> SendAsync(Uri url, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Authorization = _pass;
        foreach (var type in _manifestTypes)
            request.Headers.Accept.ParseAdd(type);
        try
        {
            return await http.SendAsync(request, completion, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw Fail($"failed to do request: Get \"{url}\": {(e.InnerException as SocketException)?.Message.ToLowerInvariant() ?? e.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Fail($"failed to do request: Get \"{url}\": no answer in time");
        }
    }

    /// <summary>What lets anyone read who asks for it, as Docker Hub and others want it.</summary>
    private async Task<AuthenticationHeaderValue?> AskForPassAsync(
        HttpHeaderValueCollection<AuthenticationHeaderValue> challenges, CancellationToken cancellationToken)
    {
        var challenge = challenges.FirstOrDefault(c => c.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase));
        var terms = (challenge?.Parameter ?? "").Split(',', StringSplitOptions.TrimEntries)
            .Select(term => term.Split('=', 2))
            .Where(term => term.Length == 2)
            .DistinctBy(term => term[0], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(term => term[0], term => term[1].Trim('"'), StringComparer.OrdinalIgnoreCase);
        if (!Uri.TryCreate(terms.GetValueOrDefault("realm"), UriKind.Absolute, out var realm))
            throw Fail("the registry lets nobody read without a password, and none can be given");
        var scope = $"repository:{reference.Repository}:pull";
        var url = new Uri($"{realm}?service={Uri.EscapeDataString(terms.GetValueOrDefault("service", ""))}&scope={Uri.EscapeDataString(scope)}");
        using var response = await SendAsync(url, HttpCompletionOption.ResponseContentRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw Fail($"failed to fetch anonymous token: unexpected status from GET request to {url}: {(int)response.StatusCode} {response.ReasonPhrase}");
        var token = JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(cancellationToken), OciJson.Default.RegistryToken);
        return (token?.Token ?? token?.AccessToken) is { } text ? new AuthenticationHeaderValue("Bearer", text) : null;
    }

    private EngineException Fail(string why) => new($"failed to resolve reference \"{reference}\": {why}");
}

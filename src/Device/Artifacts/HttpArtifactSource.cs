using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Leda.Harness.Device.Artifacts;

/// <summary>
/// Files from HTTP and HTTPS servers: a plain GET, redirects followed, the system's trust store, the proxy from the environment, no
/// credentials (<c>kanto-container-management.md</c> 3.4.3). Errors are worded as Go's client words them.
/// </summary>
/// <param name="options">How long, how much, how strict.</param>
/// <param name="time">The clock.</param>
public sealed class HttpArtifactSource(DownloadOptions options, TimeProvider time) : IArtifactSource
{
    private const int MostRedirects = 10;
    private const int Chunk = 16 * 1024;

    /// <inheritdoc/>
    public async Task<ReadOnlyMemory<byte>> FetchAsync(
        Uri address, Func<DownloadProgress, ValueTask> progress, CancellationToken cancellationToken = default)
    {
        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var client = NewClient();
            using var answer = await GetAsync(client, address, either.Token);
            return await ReadAsync(answer, progress, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failed(address, $"not complete within {options.Timeout.TotalSeconds} s");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException)
        {
            throw Failed(address, Explain(address, e));
        }
    }

    // One client a file: downloads are rare, and nothing is left open between them.
    private static HttpClient NewClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.GZip,
        UseCookies = false,
    })
    {
        Timeout = System.Threading.Timeout.InfiniteTimeSpan,
    };

    /// <summary>Follows redirects by itself, since the framework's way does not go from HTTPS to HTTP, and Go's does.</summary>
    private async Task<HttpResponseMessage> GetAsync(HttpClient client, Uri address, CancellationToken cancellationToken)
    {
        var at = address;
        for (var redirects = 0; ; redirects++)
        {
            var answer = await client.GetAsync(at, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (Redirect(answer) is not { } next)
                return !options.Strict || answer.IsSuccessStatusCode ? answer : throw Refused(address, answer);
            answer.Dispose();
            if (redirects == MostRedirects)
                throw Failed(address, $"stopped after {MostRedirects} redirects");
            at = Uri.TryCreate(at, next, out var there) && there.Scheme is "http" or "https"
                ? there
                : throw Failed(address, $"redirected to {next.OriginalString}, which is neither http nor https");
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(
        HttpResponseMessage answer, Func<DownloadProgress, ValueTask> progress, CancellationToken cancellationToken)
    {
        var total = answer.Content.Headers.ContentLength;
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        using var file = new MemoryStream();
        var chunk = new byte[Chunk];
        while (await body.ReadAsync(chunk, cancellationToken) is > 0 and var count)
        {
            if (file.Length + count > options.MaxBytes)
                throw Failed(answer.RequestMessage!.RequestUri!, $"more than {options.MaxBytes} bytes");
            file.Write(chunk, 0, count);
            await progress(new DownloadProgress(file.Length, total));
        }

        return file.GetBuffer().AsMemory(0, (int)file.Length);
    }

    private static Uri? Redirect(HttpResponseMessage answer) => answer.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found
        or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
        ? answer.Headers.Location
        : null;

    private static ArtifactException Refused(Uri address, HttpResponseMessage answer)
    {
        using (answer)
            return Failed(address, $"the server answered {(int)answer.StatusCode} {answer.ReasonPhrase}");
    }

    private static string Explain(Uri address, Exception e) => e.InnerException switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => $"dial tcp {address.Host}:{address.Port}: connect: connection refused",
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain } => $"dial tcp: lookup {address.Host}: no such host",
        SocketException socket => $"dial tcp {address.Host}:{address.Port}: {socket.Message}",
        AuthenticationException tls => $"tls: failed to verify certificate: {tls.Message}",
        _ when e is HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } => "unexpected EOF",
        _ => e.Message,
    };

    private static ArtifactException Failed(Uri address, string why) => new($"Get \"{address.OriginalString}\": {why}");
}

using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Leda.Harness.Device.Artifacts;
using Leda.Harness.Device.Tests.Support;

namespace Leda.Harness.Device.Tests.Artifacts;

/// <summary>Downloads over real sockets, from servers that behave and servers that do not.</summary>
public sealed class HttpArtifactSourceTests
{
    // Nothing here takes that long; a server that hangs fails the test.
    private static readonly DownloadOptions _lenient = new() { Timeout = TimeSpan.FromMinutes(1) };
    private static readonly DownloadOptions _strict = _lenient with { Strict = true };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fetch_File_IsWhatTheServerHas()
    {
        await using var server = new LoopbackServer(path => LoopbackServer.Ok($"this is {path}"));

        Assert.Equal("this is /a/b.json?c=d", await FetchAsync($"{server.Base}/a/b.json?c=d"));
    }

    [Fact]
    public async Task Fetch_LargeFile_ProgressIsToldUpToTheEnd()
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Ok(new string('x', 300_000)));
        List<DownloadProgress> told = [];

        await NewSource(_lenient).FetchAsync(
            new Uri(server.Base),
            made =>
            {
                told.Add(made);
                return ValueTask.CompletedTask;
            },
            Cancellation);

        Assert.True(told.Count > 1);
        Assert.Equal(told.OrderBy(p => p.Bytes), told);
        Assert.Equal(new DownloadProgress(300_000, 300_000), told[^1]);
    }

    [Fact]
    public async Task Fetch_Compressed_IsUnpacked()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            await gzip.WriteAsync("unpacked"u8.ToArray(), Cancellation);
        var body = Encoding.Latin1.GetString(packed.ToArray());
        await using var server = new LoopbackServer(_ => $"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {body.Length}\r\n\r\n{body}");

        Assert.Equal("unpacked", await FetchAsync(server.Base));
    }

    [Theory]
    [InlineData("404 Not Found")]
    [InlineData("500 Internal Server Error")]
    public async Task Fetch_ErrorStatus_ThePageIsTheFileUnlessStrict(string status)
    {
        await using var server = new LoopbackServer(_ => $"HTTP/1.1 {status}\r\nContent-Length: 4\r\n\r\npage");

        Assert.Equal("page", await FetchAsync(server.Base));
        Assert.Equal($"Get \"{server.Base}\": the server answered {status}", await FailAsync(server.Base, _strict));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Fetch_Redirect_IsFollowed(int status)
    {
        await using var target = new LoopbackServer(path => LoopbackServer.Ok($"moved to {path}"));
        await using var server = new LoopbackServer(path => LoopbackServer.Redirect(path == "/1" ? "/2" : $"{target.Base}/3", status));

        Assert.Equal("moved to /3", await FetchAsync($"{server.Base}/1", _strict));
    }

    [Fact]
    public async Task Fetch_RedirectsInACircle_EndsAfterTen()
    {
        var requests = 0;
        await using var server = new LoopbackServer(_ =>
        {
            Interlocked.Increment(ref requests);
            return LoopbackServer.Redirect("/again");
        });

        Assert.Equal($"Get \"{server.Base}\": stopped after 10 redirects", await FailAsync(server.Base));
        Assert.Equal(11, requests);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://127.0.0.1/x")]
    public async Task Fetch_RedirectToElsewhere_IsRefused(string location)
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Redirect(location));

        Assert.Equal($"Get \"{server.Base}\": redirected to {location}, which is neither http nor https", await FailAsync(server.Base));
    }

    [Fact]
    public async Task Fetch_ServerIsSilent_EndsWithTheTimeout()
    {
        await using var server = new LoopbackServer(_ => null);

        Assert.Equal(
            $"Get \"{server.Base}\": not complete within 0.2 s", await FailAsync(server.Base, new DownloadOptions { Timeout = TimeSpan.FromSeconds(0.2) }));
    }

    [Fact]
    public async Task Fetch_ServerStopsInTheMiddle_EndsWithTheTimeout()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/x";
        var failing = FailAsync(address, new DownloadOptions { Timeout = TimeSpan.FromSeconds(0.5) });
        using var connection = await listener.AcceptSocketAsync(Cancellation);
        await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"u8.ToArray(), Cancellation);

        Assert.Equal($"Get \"{address}\": not complete within 0.5 s", await failing);
    }

    [Fact]
    public async Task Fetch_GivenUp_EndsAtOnce()
    {
        await using var server = new LoopbackServer(_ => null);
        using var giveUp = new CancellationTokenSource();

        var fetching = NewSource(_lenient).FetchAsync(new Uri(server.Base), _ => ValueTask.CompletedTask, giveUp.Token);
        giveUp.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetching);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")]
    public async Task Fetch_TooLarge_IsRefused(string head)
    {
        await using var server = new LoopbackServer(_ => head + new string('x', 1001));

        Assert.Equal($"Get \"{server.Base}/\": more than 1000 bytes", await FailAsync(server.Base + "/", new DownloadOptions { MaxBytes = 1000 }));
        Assert.Equal(1001, (await FetchAsync(server.Base, new DownloadOptions { MaxBytes = 1001 })).Length);
    }

    [Fact]
    public async Task Fetch_BodyIsCutShort_IsAnError()
    {
        await using var server = new LoopbackServer(_ => "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");

        Assert.Equal($"Get \"{server.Base}\": unexpected EOF", await FailAsync(server.Base));
    }

    [Theory]
    [InlineData("nonsense\r\n\r\n")]
    [InlineData("HTTP/1.1 abc\r\n\r\n")]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnot!")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    public async Task Fetch_NoHttp_IsAnError(string answer)
    {
        await using var server = new LoopbackServer(_ => answer);

        Assert.StartsWith($"Get \"{server.Base}\": ", await FailAsync(server.Base), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_NobodyTrustsTheCertificate_IsRefused()
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Ok("secret"), tls: true);

        Assert.StartsWith($"Get \"{server.Base}/x\": tls: failed to verify certificate: ", await FailAsync($"{server.Base}/x"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_NobodyListens_IsSaidInTheOriginalsWords()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();

        Assert.Equal(
            $"Get \"http://127.0.0.1:{port}/x\": dial tcp 127.0.0.1:{port}: connect: connection refused", await FailAsync($"http://127.0.0.1:{port}/x"));
    }

    [Fact]
    public async Task Fetch_NoSuchHost_IsSaid() =>
        Assert.Equal("Get \"http://nowhere.invalid/x\": dial tcp: lookup nowhere.invalid: no such host", await FailAsync("http://nowhere.invalid/x"));

    private static HttpArtifactSource NewSource(DownloadOptions options) => new(options, RealTime.Provider);

    private static async Task<string> FetchAsync(string address, DownloadOptions? options = null) => Encoding.UTF8.GetString(
        (await NewSource(options ?? _lenient).FetchAsync(new Uri(address), _ => ValueTask.CompletedTask, Cancellation)).Span);

    private static async Task<string> FailAsync(string address, DownloadOptions? options = null) =>
        (await Assert.ThrowsAsync<ArtifactException>(() => FetchAsync(address, options))).Message;
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using CsCheck;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Api;

namespace Leda.Harness.Simulator.Tests.Api;

/// <summary>Whatever comes over the wire is answered with an error or cut off, and the next caller is served.</summary>
public sealed class HostileHttpTests(ITestOutputHelper output)
{
    private const string User = "Authorization: Basic ZGl0dG86ZGl0dG8=\r\n";

    private static readonly Gen<string> _junk = Gen.Frequency(
        (1, Gen.String[Gen.Char['\x01', 'ÿ'].Where(c => c is not ('\r' or '\n')), 0, 40]),
        (4, Gen.String[Gen.OneOf(Gen.Char[' ', '~'], Gen.OneOf('ß', '€')), 0, 40]));

    private static readonly Gen<string> _path = Gen.Select(
        Gen.OneOf(
            "/api/2/things", "/api/2/things/ns:t", "/api/2/things/ns:t/attributes/a", "/api/2/things/ns:t/features/f/properties/p", "/api/2/policies/ns:t",
            "/api/2/things/ns:t/inbox/messages/s", "/api/2/search/things", "/api/2/search/things/count", "/api/2/checkPermissions", "/api/2/whoami",
            "/v1/devices/DEFAULT/x", "/v1/credentials/DEFAULT/x", "/api/9/things", "/ws/2", "/"),
        Gen.OneOf("", "/", "//", "/%", "/%00", "/%zz", "/%2F..%2F", "/..", "?filter=eq(", "?fields=(((", "?option=size(-1)", "?condition=%22", "?timeout=x", "?ids=,,,", "?a=1&a=2"),
        Gen.Int[0, 9], _junk.Select(j => j.Replace(' ', '+')),
        (path, tail, junk, text) => path + tail + (junk == 0 ? text : ""));

    private static readonly Gen<string> _header = Gen.Select(
        Gen.OneOf(
            "Content-Type", "Accept", "If-Match", "If-None-Match", "if-equal", "condition", "correlation-id", "timeout", "response-required", "put-metadata",
            "merge-thing-patch-conditions", "x-ditto-pre-authenticated", "Origin", "policy-view", "reply-to", "X-Odd"),
        Gen.OneOf(_junk, Gen.OneOf("application/json", "application/merge-patch+json", "*", "\"rev:1\"", "{}", "[", "true", "-1", "skip", "eq(attributes/a,1)")),
        (name, value) => $"{name}: {value}\r\n");

    private static readonly Gen<string> _body = Gen.OneOf(
        _junk,
        Gen.OneOf(
            "", "{}", "null", "[]", "1e999", "\"\\ud800\"", "{\"a\":", "{\"thingId\":5}", "{\"thingId\":\"ns:t\",\"policyId\":null}", "{\"features\":{\"f\":[]}}",
            "{\"a\":1,\"a\":2}", "{\"_policy\":7}", "{\"entries\":{\"x\":{\"subjects\":5}}}", "{\"attributes\":{\"/\":1,\"\":2}}", "{\"definition\":\"x\"}", "[{\"device-id\":1}]"),
        Gen.Int[1, 2_000].Select(depth => new string('[', depth)));

    /// <summary>Requests, one as bytes of Latin-1 each, with the status that they deserve; 0: they may also be cut off.</summary>
    public static TheoryData<string, string, int, string?> Kinds => new()
    {
        { "no HTTP at all", "hello\r\n\r\n", 400, null },
        { "a TLS greeting", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400, null },
        { "HTTP of the future", "GET / HTTP/9.9\r\nHost: x\r\n\r\n", 505, null },
        { "no host", "GET /api/2/things HTTP/1.1\r\n\r\n", 400, null },
        { "a line of 20,000 characters", $"GET /{new string('a', 20_000)} HTTP/1.1\r\nHost: x\r\n\r\n", 414, null },
        { "a header of 40,000 characters", Get("/things", $"X: {new string('a', 40_000)}\r\n"), 431, null },
        { "a thousand headers", Get("/things", string.Concat(Enumerable.Range(0, 1_000).Select(i => $"X-{i}: 1\r\n"))), 431, null },
        { "6,000 characters of headers of Ditto", Get("/things", $"x-correlation-id: {new string('a', 6_000)}\r\n"), 431, "headers.too.large" },
        { "one header twice", Get("/things", "correlation-id: a\r\ncorrelation-id: b\r\n"), 400, "gateway:duplicate.header.field" },
        { "a length below nothing", Put("/things/ns:t", "{}", "-2"), 400, null },
        { "a length that is no number", Put("/things/ns:t", "{}", "x"), 400, null },
        { "a body announced too large", Put("/things/ns:t", "{}", "2000000"), 413, "things:thing.toolarge" },
        { "a body too large, in chunks", Chunked("/things/ns:t", $"200000\r\n{new string(' ', 0x20_0000)}\r\n0\r\n\r\n"), 413, "things:thing.toolarge" },
        { "a chunk without length", Chunked("/things/ns:t", "xyz\r\n{}\r\n0\r\n\r\n"), 0, null },
        { "half a JSON object", Put("/things/ns:t", "{\"a\":"), 400, "json.invalid" },
        { "JSON of broken UTF-8", Put("/things/ns:t", "{\"attributes\":{\"a\":\"\xff\xfe\"}}"), 400, "json.invalid" },
        { "JSON with half a surrogate", Put("/things/ns:t", """{"attributes":{"a":"\ud800"}}"""), 400, "json.invalid" },
        { "10,000 arrays in each other", Put("/things/ns:t", new string('[', 10_000)), 400, "json.invalid" },
        { "no body where one is needed", Put("/things/ns:t", ""), 400, "json.invalid" },
        { "a control character in a header that comes back", Get("/things", "correlation-id: a\x01b\r\n"), 400, null },
        { "a line break in a parameter that comes back", Get("/things?correlation-id=a%0d%0aX:+b"), 400, "header.invalid" },
        { "an id without namespace", Put("/things/t", "{}"), 400, "things:id.invalid" },
        { "an id with a control character", Put("/things/ns:%07", "{}"), 400, "things:id.invalid" },
        { "an id of 300 characters", Put($"/things/ns:{new string('a', 300)}", "{}"), 400, "things:id.invalid" },
        { "a way out of the root", Get("/../../../etc/passwd"), 404, null },
        { "an unknown method", $"BREW /api/2/things/ns:t HTTP/1.1\r\nHost: x\r\n{User}\r\n", 405, null },
        { "credentials that are no base64", "GET /api/2/things HTTP/1.1\r\nHost: x\r\nAuthorization: Basic ???\r\n\r\n", 401, "gateway:authentication.failed" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task BadRequest_GetsItsError_AndTheNextIsServed(string kind, string request, int status, string? error)
    {
        await using var api = await TestApi.StartAsync();
        using var connection = await RawConnection.OpenAsync(api.Url);

        await connection.SendAsync(request);
        var answer = await connection.AnswerAsync();

        Assert.True(status == 0 || answer?.Status == status, $"{kind}: {answer}");
        if (error is not null)
            new ApiAnswer(answer!.Value.Status, answer.Value.Body, []).Error(status, error);
        await AssertServesAsync(api);
    }

    [Fact]
    public async Task SlowHead_IsCutOff_AndOthersAreServedMeanwhile()
    {
        await using var api = await TestApi.StartAsync(new ApiOptions { Patience = TimeSpan.FromSeconds(2) });
        using var slow = await RawConnection.OpenAsync(api.Url);

        await slow.SendAsync("GET /api/2/things HTTP/1.1\r\nHost: x\r\n");
        await AssertServesAsync(api);

        Assert.Equal(408, (await slow.AnswerAsync())?.Status ?? 408);
        await AssertServesAsync(api);
    }

    [Fact]
    public async Task SlowBody_IsCutOff_AndChangesNothing()
    {
        await using var api = await TestApi.StartAsync(new ApiOptions { Patience = TimeSpan.FromSeconds(2) });
        using var slow = await RawConnection.OpenAsync(api.Url);

        await slow.SendAsync(Put("/things/ns:t", "{", "1000"));
        await AssertServesAsync(api);

        Assert.Null(await slow.AnswerAsync());
        (await api.GetAsync("/things/ns:t")).Error(404, "things:thing.notfound");
    }

    [Fact]
    public async Task HalfOpenSockets_LeaveTheOthersAlone()
    {
        await using var api = await TestApi.StartAsync();
        string[] halves = ["", "G", "GET /api/2/things HTTP/1.1\r\n", Put("/things/ns:t", "{", "1000"), Get("/things")];
        var open = new List<RawConnection>();

        for (var i = 0; i < 200; i++)
        {
            var connection = await RawConnection.OpenAsync(api.Url);
            await connection.SendAsync(halves[i % halves.Length]);
            if (i % 2 == 0)
                connection.EndSending();
            if (i % 3 == 0)
                connection.Dispose();
            else
                open.Add(connection);
        }

        await AssertServesAsync(api);
        (await api.GetAsync("/things/ns:t")).Error(404, "things:thing.notfound");
        open.ForEach(connection => connection.Dispose());
        await AssertServesAsync(api);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TenThousandIdleSockets_LeaveTheOthersAlone(bool webSockets)
    {
        await using var api = await TestApi.StartAsync(new ApiOptions { Patience = TimeSpan.FromMinutes(1) });
        const int Count = 10_000;
        Assert.SkipWhen(OpenFilesLimit() < Count + 4_000, "so many files may not be open here (ulimit -n)");
        var watch = Stopwatch.StartNew();

        using var idle = await IdleSockets.OpenAsync(api.Url, Count, webSockets);
        var opened = watch.Elapsed;
        await AssertServesAsync(api);

        output.WriteLine($"{Count} idle sockets opened in {opened.TotalSeconds:0.0} s, a request beside them answered in {(watch.Elapsed - opened).TotalMilliseconds:0} ms");
        Assert.Equal(Count, await idle.CloseAsync());
        await AssertServesAsync(api);
    }

    [Fact]
    public async Task AnyRequest_IsAnsweredInOrder_AndNeverWith500()
    {
        var defects = new ConcurrentQueue<string>();
        await using var api = await TestApi.StartAsync(new ApiOptions { MessageTimeout = TimeSpan.FromMilliseconds(1), PreAuthenticated = true }, log: defects.Enqueue);
        await api.PutAsync("/things/ns:t", """{"attributes":{"a":1},"features":{"f":{"properties":{"p":1}}}}""");
        var requests = Gen.Select(
            Gen.Frequency((9, Gen.OneOf("GET", "PUT", "PATCH", "POST", "DELETE")), (1, Gen.OneOf("OPTIONS", "put", "TRACE", "X"))), _path, _header.Array[0, 4], _body,
            (method, path, headers, body) => $"{method} {path} HTTP/1.1\r\nHost: x\r\n{User}{string.Concat(headers)}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
        var seen = new ConcurrentDictionary<int, int>();

        await requests.SampleAsync(
            async request =>
            {
                using var connection = await RawConnection.OpenAsync(api.Url);
                await connection.SendAsync(Encoding.UTF8.GetBytes(request));
                if (await connection.AnswerAsync() is not var (status, head, body))
                    return;
                seen.AddOrUpdate(status, 1, (_, n) => n + 1);
                Assert.True(status < 500, $"{status}: {request}\n{string.Join('\n', defects)}");
                if (status >= 400 && status != 424 && head.Contains("Content-Type: application/json", StringComparison.OrdinalIgnoreCase) && !request.Contains(" /v1/", StringComparison.Ordinal))
                    Assert.Equal(status, JsonText.Parse(body).GetProperty("status").GetInt32());
            },
            output.WriteLine, iter: 3_000, threads: 2);

        output.WriteLine(string.Join(", ", seen.OrderBy(s => s.Key).Select(s => $"{s.Key}: {s.Value}")));
        Assert.Empty(defects);
        Assert.True(seen.Count > 5);
        await AssertServesAsync(api);
    }

    [Fact]
    public async Task CorrelationId_OfAnyLetters_ComesBack()
    {
        await using var api = await TestApi.StartAsync();
        using var connection = await RawConnection.OpenAsync(api.Url);

        await connection.SendAsync(Encoding.UTF8.GetBytes(Get("/things", "correlation-id: Grüße\r\n")));

        Assert.Contains("correlation-id: Grüße", Encoding.UTF8.GetString(Encoding.Latin1.GetBytes((await connection.AnswerAsync())!.Value.Head)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PUT /api/2/things/ns:t/attributes/a\x01", 400)]
    [InlineData("PUT /api/2/things/ns:t/attributes/a\x7f", 400)]
    [InlineData("GET /api/2/things?x=\x01", 400)]
    [InlineData("GET /api/2/things?x=\x7f", 400)]
    public async Task ControlCharacterInTheTarget_ThatWouldComeBackInAHeader_IsRefused(string line, int status)
    {
        await using var api = await TestApi.StartAsync();
        await AssertServesAsync(api);
        await api.PutAsync("/things/ns:t");
        using var connection = await RawConnection.OpenAsync(api.Url);

        await connection.SendAsync($"{line} HTTP/1.1\r\nHost: x\r\n{User}Content-Type: application/json\r\nContent-Length: 1\r\n\r\n1");

        Assert.Equal(status, (await connection.AnswerAsync())?.Status);
    }

    [Fact]
    public async Task TargetWithHost_AsAProxySendsIt_IsNotRepeatedInTheLocation()
    {
        await using var api = await TestApi.StartAsync();
        using var connection = await RawConnection.OpenAsync(api.Url);

        await connection.SendAsync($"PUT http://x/api/2/things/ns:t HTTP/1.1\r\nHost: x\r\n{User}Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{{}}");

        Assert.Contains("Location: http://x/api/2/things/ns:t\r\n", (await connection.AnswerAsync())!.Value.Head + "\r\n", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/things/ns:t")]
    [InlineData("/things/ns:none")]
    [InlineData("/search/things")]
    [InlineData("/whoami")]
    public async Task Head_IsAnsweredAsGet_WithoutABody(string path)
    {
        await using var api = await TestApi.StartAsync();
        await api.PutAsync("/things/ns:t");

        var (get, head) = (await api.GetAsync(path), await api.SendAsync("HEAD", path, null, TestApi.Owner));

        Assert.Equal((get.Status, ""), (head.Status, head.Body));
        Assert.Equal(get.Headers["Content-Length"], head.Headers["Content-Length"]);
    }

    [Fact]
    public async Task HeadOfAStream_IsNoStream()
    {
        await using var api = await TestApi.StartAsync();

        var head = await api.SendAsync("HEAD", "/things", null, TestApi.Owner, ("Accept", "text/event-stream"));

        Assert.Equal((200, "application/json"), (head.Status, head.Headers["Content-Type"]));
    }

    [Fact]
    public async Task Defect_Is500_AndIsReported_AndTheNextIsServed()
    {
        var told = new ConcurrentQueue<string>();
        var clock = new BrokenClock();
        await using var api = await TestApi.StartAsync(clock: clock, log: told.Enqueue);

        clock.IsBroken = true;
        (await api.PutAsync("/things/ns:t")).Error(500, "gateway:internalerror");
        clock.IsBroken = false;

        Assert.Contains("the clock is broken", Assert.Single(told), StringComparison.Ordinal);
        await AssertServesAsync(api);
    }

    private static async Task AssertServesAsync(TestApi api)
    {
        Assert.True((await api.PutAsync("/things/ns:good")).Status is 201 or 204);
        (await api.GetAsync("/things/ns:good")).Ok(200);
    }

    private static string Get(string path, string headers = "") => $"GET /api/2{path} HTTP/1.1\r\nHost: x\r\n{User}{headers}\r\n";

    private static string Put(string path, string body, string? length = null) =>
        $"PUT /api/2{path} HTTP/1.1\r\nHost: x\r\n{User}Content-Type: application/json\r\nContent-Length: {length ?? $"{body.Length}"}\r\n\r\n{body}";

    private static string Chunked(string path, string chunks) =>
        $"PUT /api/2{path} HTTP/1.1\r\nHost: x\r\n{User}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}";

    /// <summary>How many files this process may open, other tests beside this one included.</summary>
    private static int OpenFilesLimit()
    {
        var line = File.Exists("/proc/self/limits") ? File.ReadLines("/proc/self/limits").First(l => l.StartsWith("Max open files", StringComparison.Ordinal)) : "";
        return line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, _, _, var soft, ..] && int.TryParse(soft, out var limit) ? limit : int.MaxValue;
    }

    private sealed class BrokenClock : TimeProvider
    {
        public bool IsBroken { get; set; }

        public override DateTimeOffset GetUtcNow() =>
            IsBroken ? throw new InvalidOperationException("the clock is broken") : RealTime.Provider.GetUtcNow();
    }
}

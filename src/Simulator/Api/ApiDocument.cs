using System.Text;
using Microsoft.AspNetCore.Http;

namespace Leda.Harness.Simulator.Api;

/// <summary>What tells people and programs what is served: the OpenAPI document, and a page at the root that links it. Open to everybody.</summary>
internal static class ApiDocument
{
    private const string Page = """
        <!doctype html>
        <title>Leda Harness</title>
        <h1>Leda Harness</h1>
        <p>The digital twins as Eclipse Ditto serves them.</p>
        <ul>
        <li><a href="/api/2/openapi.json">/api/2/openapi.json</a>: everything that is served over HTTP (OpenAPI 3)
        <li><a href="/api/2/search/things">/api/2/search/things</a>: all twins (user and password: ditto, ditto)
        <li>/ws/2: the Ditto protocol over WebSocket
        </ul>

        """;

    private static readonly Lazy<byte[]> _openApi = new(Read);

    /// <summary>The answer; <see langword="null"/> if something else is asked for.</summary>
    public static ApiReply? Answer(string method, string[] segments) => segments switch
    {
        _ when method is not ("GET" or "HEAD") => null,
        [""] => new ApiReply(StatusCodes.Status200OK, Encoding.UTF8.GetBytes(Page), "text/html; charset=UTF-8"),
        ["api", "2", "openapi.json"] => new ApiReply(StatusCodes.Status200OK, _openApi.Value, "application/json"),
        _ => null,
    };

    private static byte[] Read()
    {
        using var stream = typeof(ApiDocument).Assembly.GetManifestResourceStream("openapi.json")!;
        var text = new byte[stream.Length];
        stream.ReadExactly(text);
        return text;
    }
}

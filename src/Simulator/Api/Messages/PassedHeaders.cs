using System.Diagnostics.CodeAnalysis;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Simulator.Api.Messages;

/// <summary>What of a request's headers is delivered with a message or live command: Ditto's that are not for the cloud alone, and whatever
/// the client made up, but nothing of the transport (<c>ditto.md</c> 1.4 and 3.2).</summary>
internal static class PassedHeaders
{
    private static readonly HashSet<string> _delivered = new(StringComparer.OrdinalIgnoreCase)
    {
        "correlation-id", "requested-acks", "reply-to", "traceparent", "tracestate",
    };

    private static readonly HashSet<string> _transport = new(StringComparer.OrdinalIgnoreCase)
    {
        "accept", "accept-charset", "accept-encoding", "accept-language", "authorization", "cache-control", "connection", "content-encoding",
        "content-length", "content-type", "cookie", "date", "dnt", "etag", "expect", "forwarded", "host", "keep-alive", "location", "max-forwards",
        "origin", "pragma", "priority", "raw-request-uri", "referer", "status", "te", "timeout-access", "timestamp", "trailer",
        "transfer-encoding", "upgrade", "upgrade-insecure-requests", "user-agent", "via", "www-authenticate", "entity-revision",
        "live-channel-condition-matched", "historical-headers", "version",
    };

    private static readonly string[] _prefixes = ["ditto-", "x-ditto-", "x-forwarded-", "x-real-", "proxy-", "sec-", "access-control-"];

    /// <summary>Reads them.</summary>
    /// <param name="request">The request.</param>
    /// <param name="contentType">The payload's media type; <see langword="null"/> for none.</param>
    /// <param name="headers">What is delivered.</param>
    /// <param name="error">That it is too much.</param>
    public static bool TryRead(ApiRequest request, string? contentType, out DittoHeaders headers, [NotNullWhen(false)] out DittoError? error)
    {
        headers = DittoHeaders.From(request.Headers.All.Where(h => _delivered.Contains(h.Key)));
        if (contentType is not null)
            headers = headers.With("content-type", JsonText.String(contentType));
        var size = 0;
        var own = request.Http.Request.Headers.Where(h => IsOwn(h.Key)).ToList();
        foreach (var (name, values) in own)
        {
            size += name.Length + values.Sum(v => v?.Length ?? 0);
            headers = headers.With(name.ToLowerInvariant(), JsonText.String(values.ToString()));
        }

        error = size > ApiHeaders.MaxSize ? ApiError.HeadersTooLarge(size) : null;
        return error is null;
    }

    private static bool IsOwn(string name) => !name.StartsWith(':') && !ApiHeaders.IsKnown(name) && !_transport.Contains(name)
        && !_prefixes.Any(p => name.StartsWith(p, StringComparison.OrdinalIgnoreCase));
}

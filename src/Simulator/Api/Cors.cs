using Leda.Harness.Protocol;
using Microsoft.AspNetCore.Http;

namespace Leda.Harness.Simulator.Api;

/// <summary>Lets pages of any origin use the API, as the nginx of Ditto's Docker set-up does (<c>ditto.md</c> 4.1).</summary>
internal static class Cors
{
    private const string Exposed =
        "correlation-id, response-required, dry-run, channel, etag, ditto-originator, requested-acks, timeout, location, ditto-metadata, "
        + "traceparent, tracestate, entity-revision";

    public static bool IsPreflight(HttpContext http) => http.Request.Headers.AccessControlRequestMethod.Count > 0;

    public static void Allow(HttpContext http)
    {
        if (http.Request.Headers.Origin is not [{ Length: > 0 } origin] || origin.Any(char.IsControl))
            return;
        var headers = http.Response.Headers;
        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlAllowCredentials = "true";
        headers.AccessControlExposeHeaders = Exposed;
        headers.Vary = "Origin";
        if (!IsPreflight(http))
            return;
        headers.AccessControlAllowMethods = "GET, POST, PUT, PATCH, DELETE, OPTIONS";
        headers.AccessControlAllowHeaders = PlainText.Of(http.Request.Headers.AccessControlRequestHeaders.ToString());
        headers.AccessControlMaxAge = "600";
    }
}

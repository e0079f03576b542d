using Leda.Harness.Official;
using Newtonsoft.Json.Linq;

namespace Leda.Harness.Simulator.Tests.Api;

/// <summary>Holds every error that comes over HTTP against Ditto's own schema, where that is at hand.</summary>
internal sealed class ErrorBodyCheck() : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (request.Method != HttpMethod.Head && (int)response.StatusCode >= 400 && response.Content.Headers.ContentType?.MediaType == "application/json" && IsDittos(request.RequestUri!))
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            Assert.Empty(Problems(OfficialSchemas.Read(text), (int)response.StatusCode).Select(problem => $"{problem}: {request.RequestUri} {text}"));
        }

        return response;
    }

    /// <summary>Hono's registry has errors of its own; what a device answers to a message is the device's.</summary>
    private static bool IsDittos(Uri url) =>
        url.AbsolutePath.StartsWith("/api/", StringComparison.Ordinal)
        && !url.AbsolutePath.Contains("/messages/", StringComparison.Ordinal) && !url.AbsolutePath.Contains("/inbox/claim", StringComparison.Ordinal);

    /// <summary>With 424 the errors stand inside the acknowledgements.</summary>
    private static IEnumerable<string> Problems(JToken body, int status) => status == 424
        ? body.Children<JProperty>().Select(ack => ack.Value["payload"]).OfType<JObject>().Where(p => p["error"] is not null).SelectMany(OfficialSchemas.ProblemsOfError)
        : OfficialSchemas.ProblemsOfError(body);
}

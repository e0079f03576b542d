using System.Buffers;
using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Policies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Leda.Harness.Simulator.Api;

/// <summary>A request that is read and authenticated.</summary>
/// <param name="http">The request on the wire.</param>
/// <param name="segments">The path below <c>/api/2</c>.</param>
/// <param name="headers">What it says in headers and query parameters, as Ditto's headers.</param>
/// <param name="caller">Who sends it.</param>
internal sealed class ApiRequest(HttpContext http, string[] segments, DittoHeaders headers, Caller caller)
{
    /// <summary>The largest body that is read, in bytes.</summary>
    public const long LargestBody = 1 << 20;

    public HttpContext Http => http;

    /// <summary>The method; <c>HEAD</c> is <c>GET</c> whose body the server leaves out.</summary>
    public string Method { get; } = HttpMethods.IsHead(http.Request.Method) ? HttpMethods.Get : http.Request.Method;

    public string[] Segments => segments;

    public DittoHeaders Headers => headers;

    public Caller Caller => caller;

    /// <summary>Whether the caller wants to hear what came of it.</summary>
    public bool WantsResponse => headers.ResponseRequired ?? headers.Timeout is not ("0" or "0s" or "0ms" or "0m");

    /// <summary>Whether there is a body.</summary>
    public bool HasBody => http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true;

    /// <summary>The request's own address, without the query.</summary>
    public string Url => $"{http.Request.Scheme}://{http.Request.Host}{ApiPath.Of(RawTarget).TrimEnd("/")}";

    private string RawTarget => http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

    /// <summary>A query parameter; <see langword="null"/> if absent.</summary>
    public string? Query(string name) => http.Request.Query.TryGetValue(name, out var values) ? string.Join(',', values!) : null;

    /// <summary>Whether the body is of this media type, whatever its parameters.</summary>
    public bool Has(string mediaType) =>
        MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) && type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase);

    /// <summary>The body as JSON.</summary>
    /// <returns>The value, or the error that says why there is none.</returns>
    public async ValueTask<(JsonElement Value, DittoError? Error)> ReadJsonAsync()
    {
        if (http.Request.ContentType is { Length: > 0 } type && !Has(DittoHeaders.JsonContentType) && !Has("application/octet-stream"))
            return (default, ApiError.MediaType(type, DittoHeaders.JsonContentType));
        return await ReadAnyJsonAsync();
    }

    /// <summary>The body as a JSON merge patch.</summary>
    /// <returns>The value, or the error that says why there is none.</returns>
    public async ValueTask<(JsonElement Value, DittoError? Error)> ReadPatchAsync() => Has(DittoHeaders.MergePatchContentType)
        ? await ReadAnyJsonAsync()
        : (default, ApiError.MediaType(http.Request.ContentType, DittoHeaders.MergePatchContentType));

    /// <summary>The body as it is.</summary>
    /// <exception cref="BadHttpRequestException">It is larger than <see cref="LargestBody"/>, or broken.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReadBytesAsync()
    {
        var reader = http.Request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(http.RequestAborted);
            if (result.IsCompleted)
            {
                var bytes = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                return bytes;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private async ValueTask<(JsonElement Value, DittoError? Error)> ReadAnyJsonAsync() =>
        JsonText.TryParse((await ReadBytesAsync()).Span, out var value, out var problem)
            ? (value.Compacted(), null)
            : (default, ApiError.JsonInvalid(problem));
}

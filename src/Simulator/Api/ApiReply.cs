using System.Text.Json;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Microsoft.AspNetCore.Http;

namespace Leda.Harness.Simulator.Api;

/// <summary>An answer over HTTP (<c>ditto.md</c> 4.1).</summary>
/// <param name="Status">The status.</param>
/// <param name="Body">The body; <see langword="null"/> for none.</param>
/// <param name="ContentType">Its media type; <see langword="null"/> for none.</param>
internal sealed record ApiReply(int Status, ReadOnlyMemory<byte>? Body = null, string? ContentType = null)
{
    /// <summary>Nothing stands at this path.</summary>
    public static ApiReply NotFound { get; } = Text(StatusCodes.Status404NotFound, "The requested resource could not be found.");

    /// <summary>The path is known, but not with this method.</summary>
    public static ApiReply MethodNotAllowed { get; } = Text(StatusCodes.Status405MethodNotAllowed, "HTTP method not allowed here.");

    public string? ETag { get; init; }

    public string? Location { get; init; }

    public long? Revision { get; init; }

    public string? CorrelationId { get; init; }

    /// <summary>Further headers.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Others { get; init; } = [];

    public static ApiReply Empty(int status) => new(status);

    public static ApiReply Ok(JsonElement value) => Json(StatusCodes.Status200OK, value);

    public static ApiReply Json(int status, JsonElement value) => new(status, JsonText.Write(value.WriteTo), DittoHeaders.JsonContentType);

    public static ApiReply Of(DittoError error) =>
        error.Status == StatusCodes.Status304NotModified ? Empty(error.Status) : Json(error.Status, error.ToJson());

    public static ApiReply NotAuthenticated() =>
        Of(ApiError.NotAuthenticated()) with { Others = [new("WWW-Authenticate", "Basic realm=\"ditto\", charset=\"UTF-8\"")] };

    /// <summary>The answer to a request with these headers.</summary>
    public ApiReply For(DittoHeaders request) => this with { CorrelationId = CorrelationId ?? request.CorrelationId };

    public async Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        var headers = response.Headers;
        if (CorrelationId is not null)
            headers["correlation-id"] = CorrelationId;
        if (ETag is not null)
            headers.ETag = ETag;
        if (Location is not null)
            headers.Location = Location;
        if (Revision is { } revision)
            headers["entity-revision"] = revision.ToString(System.Globalization.CultureInfo.InvariantCulture);
        foreach (var (name, value) in Others)
            headers[name] = value;
        if (Body is not { } body || Status is StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent or StatusCodes.Status304NotModified)
            return;
        response.ContentType = ContentType is null ? null : PlainText.Of(ContentType); // devices say what they like
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body);
    }

    private static ApiReply Text(int status, string text) =>
        new(status, System.Text.Encoding.UTF8.GetBytes(text), "text/plain; charset=UTF-8");
}

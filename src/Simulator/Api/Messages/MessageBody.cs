using System.Text;
using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Leda.Harness.Simulator.Api.Messages;

/// <summary>How bytes become the value of a message and back, by their media type: JSON as it is, text as a string, everything else in base64
/// (<c>ditto.md</c> 3.1).</summary>
internal static class MessageBody
{
    /// <summary>The largest payload, in bytes (<c>ditto.md</c> 1.5).</summary>
    public const int Largest = 250 * 1024;

    private const string Binary = "application/octet-stream";

    /// <summary>The content type as it is delivered: JSON has no character set, which devices compare literally.</summary>
    public static string? Normalized(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MediaType.Equals(DittoHeaders.JsonContentType, StringComparison.OrdinalIgnoreCase)
            ? DittoHeaders.JsonContentType
            : contentType;

    /// <summary>The value of a payload; <see langword="null"/> for none.</summary>
    public static (JsonElement? Value, DittoError? Error) Read(ReadOnlyMemory<byte> payload, string? contentType)
    {
        if (payload.IsEmpty)
            return (null, null);
        if (IsText(contentType))
            return (JsonText.String(Encoding.UTF8.GetString(payload.Span)), null);
        if (!IsJson(contentType))
            return (JsonText.String(Convert.ToBase64String(payload.Span)), null);
        return JsonText.TryParse(payload.Span, out var value, out var problem) ? (value.Compacted(), null) : (null, ApiError.JsonInvalid(problem));
    }

    /// <summary>An answer as it goes to the caller.</summary>
    public static ApiReply ToReply(Envelope response)
    {
        // A gateway in between would take 502 as its own.
        var status = response.Status is { } given and not StatusCodes.Status502BadGateway ? given : StatusCodes.Status200OK;
        if (response.Value is not { } value || status is StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent or StatusCodes.Status304NotModified)
            return ApiReply.Empty(status);
        var contentType = response.Headers.ContentType;
        return new ApiReply(status, Write(value, contentType), contentType ?? Binary);
    }

    private static byte[] Write(JsonElement value, string? contentType)
    {
        if (value.ValueKind != JsonValueKind.String || IsJson(contentType))
            return JsonText.Write(value.WriteTo);
        var text = value.GetString()!;
        return !IsText(contentType) && TryFromBase64(text, out var bytes) ? bytes : Encoding.UTF8.GetBytes(text);
    }

    private static bool TryFromBase64(string text, out byte[] bytes)
    {
        bytes = new byte[text.Length];
        var isBase64 = Convert.TryFromBase64String(text, bytes, out var length);
        bytes = bytes[..length];
        return isBase64;
    }

    private static bool IsJson(string? contentType) => MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.MediaType.Equals(DittoHeaders.JsonContentType, StringComparison.OrdinalIgnoreCase)
            || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase));

    private static bool IsText(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && type.Type.Equals("text", StringComparison.OrdinalIgnoreCase);
}

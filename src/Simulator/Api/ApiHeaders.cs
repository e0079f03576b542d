using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Microsoft.AspNetCore.Http;

namespace Leda.Harness.Simulator.Api;

/// <summary>Ditto's headers as an HTTP request gives them: as headers or as query parameters, all text, of which each has its JSON type
/// (<c>ditto.md</c> 1.4 and 4.1). Everything else in the request is nobody's business.</summary>
internal static class ApiHeaders
{
    /// <summary>How long they may be altogether, names included, in characters.</summary>
    public const int MaxSize = 5_120;

    private const string CorrelationId = "correlation-id";

    private static readonly Dictionary<string, Func<string, JsonElement?>> _fromHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        [CorrelationId] = Text,
        ["x-correlation-id"] = Text,
        ["response-required"] = Boolean,
        ["timeout"] = Text,
        ["channel"] = Text,
        ["requested-acks"] = Labels,
        ["declared-acks"] = Labels,
        ["if-match"] = Text,
        ["if-none-match"] = Text,
        ["if-equal"] = Text,
        ["condition"] = Text,
        ["live-channel-condition"] = Text,
        ["live-channel-timeout-strategy"] = Text,
        ["merge-thing-patch-conditions"] = Json,
        ["put-metadata"] = Json,
        ["get-metadata"] = Text,
        ["delete-metadata"] = Text,
        ["allow-policy-lockout"] = Boolean,
        ["dry-run"] = Boolean,
        ["at-historical-revision"] = Number,
        ["at-historical-timestamp"] = Text,
        ["policy-view"] = Text,
        ["reply-to"] = Text,
        ["traceparent"] = Text,
        ["tracestate"] = Text,
    };

    private static readonly HashSet<string> _fromQuery = new(StringComparer.OrdinalIgnoreCase)
    {
        "channel", CorrelationId, "requested-acks", "declared-acks", "response-required", "timeout", "live-channel-timeout-strategy",
        "allow-policy-lockout", "condition", "live-channel-condition", "at-historical-revision", "at-historical-timestamp", "dry-run",
    };

    /// <summary>Whether a header is one of Ditto's.</summary>
    public static bool IsKnown(string name) => _fromHeaders.ContainsKey(name);

    /// <summary>Reads them; a correlation id is there in any case.</summary>
    public static bool TryRead(HttpRequest request, IdSource ids, out DittoHeaders headers, [NotNullWhen(false)] out DittoError? error)
    {
        error = null;
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var size = 0;
        foreach (var (name, values) in request.Headers.Where(h => _fromHeaders.ContainsKey(h.Key)))
        {
            size += name.Length + values.Sum(v => v?.Length ?? 0);
            error ??= Add(found, name, values);
        }

        foreach (var (name, values) in request.Query.Where(q => _fromQuery.Contains(q.Key)))
            error ??= Add(found, name, values);
        if (size > MaxSize)
            error = ApiError.HeadersTooLarge(size);
        var typed = new List<KeyValuePair<string, JsonElement>>(found.Count + 1);
        foreach (var (name, text) in found)
        {
            if (_fromHeaders[name](text) is { } value)
                typed.Add(new(name.ToLowerInvariant(), value));
            else
                error ??= ApiError.HeaderInvalid(name, "it cannot be read");
        }

        if (error is not null || !found.TryGetValue(CorrelationId, out var id) || id.Length == 0)
            typed = [.. typed.Where(h => h.Key != CorrelationId), new(CorrelationId, JsonText.String(ids.NewUuid()))];
        headers = DittoHeaders.From(typed);
        return error is null;
    }

    /// <summary>JSON as the value of a header, which is ASCII.</summary>
    public static string ToText(JsonElement value)
    {
        var text = value.GetRawText();
        return Ascii.IsValid(text) ? text : JsonSerializer.Serialize(value);
    }

    private static DittoError? Add(Dictionary<string, string> found, string name, Microsoft.Extensions.Primitives.StringValues values)
    {
        if (name.Equals("x-correlation-id", StringComparison.OrdinalIgnoreCase))
            name = CorrelationId;
        var text = values.Count == 1 ? values[0] ?? "" : null;
        if (text is null || (found.TryGetValue(name, out var other) && other != text))
            return ApiError.DuplicateHeader(name);
        found[name] = text;
        return null;
    }

    /// <summary>Text that may stand in the answer's headers as well.</summary>
    private static JsonElement? Text(string text) => text.Any(char.IsControl) ? null : JsonText.String(text);

    private static JsonElement? Boolean(string text) => text switch
    {
        "true" => JsonText.Boolean(true),
        "false" => JsonText.Boolean(false),
        _ => null,
    };

    private static JsonElement? Number(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? JsonText.Build(writer => writer.WriteNumberValue(number))
            : null;

    private static JsonElement? Json(string text) =>
        JsonText.TryParse(Encoding.UTF8.GetBytes(text), out var value, out _) ? value : null;

    /// <summary>A JSON array of labels, or labels between commas.</summary>
    private static JsonElement? Labels(string text)
    {
        if (text.StartsWith('['))
            return Json(text) is { ValueKind: JsonValueKind.Array } array ? array : null;
        return JsonText.Build(writer =>
        {
            writer.WriteStartArray();
            foreach (var label in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                writer.WriteStringValue(label);
            writer.WriteEndArray();
        });
    }
}

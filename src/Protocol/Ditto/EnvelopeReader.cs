using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Leda.Harness.Protocol.Ditto;

/// <summary>Takes an envelope's JSON object apart, member by member.</summary>
internal static class EnvelopeReader
{
    private static readonly string[] _known = ["topic", "headers", "path", "value", "extra", "status", "revision", "timestamp", "metadata", "fields"];

    public static bool TryRead(JsonElement json, StringComparison names, [NotNullWhen(true)] out Envelope? envelope, [NotNullWhen(false)] out string? problem)
    {
        envelope = null;
        problem = null;
        string? topic = null, path = null, timestamp = null, fields = null;
        var headers = DittoHeaders.Empty;
        JsonElement? value = null, extra = null, metadata = null;
        int? status = null;
        long? revision = null;
        var unknown = ImmutableArray.CreateBuilder<KeyValuePair<string, JsonElement>>();
        foreach (var member in json.EnumerateObject())
        {
            var name = Known(member.Name, names);
            problem ??= name switch
            {
                "topic" => Text(member, out topic),
                "path" => Text(member, out path),
                "headers" => Headers(member, ref headers),
                "status" => Number(member, out status),
                "revision" => Number(member, out revision),
                "timestamp" => Text(member, out timestamp),
                "fields" => Text(member, out fields),
                "value" => Take(member, out value),
                "extra" => Take(member, out extra),
                "metadata" => Take(member, out metadata),
                _ => Keep(member, unknown),
            };
        }

        problem ??= Missing("topic", topic) ?? Missing("path", path);
        if (problem is not null)
            return false;
        envelope = new Envelope
        {
            Topic = topic!,
            Headers = headers,
            Path = path!,
            Value = value,
            Status = status,
            Revision = revision,
            Timestamp = timestamp,
            Extra = extra,
            Metadata = metadata,
            Fields = fields,
            Unknown = unknown.DrainToImmutable(),
        };
        return true;
    }

    private static string Known(string name, StringComparison names)
    {
        foreach (var known in _known)
        {
            if (string.Equals(known, name, names))
                return known;
        }

        return name;
    }

    private static string? Missing(string name, string? text) =>
        string.IsNullOrEmpty(text) ? $"the envelope has no '{name}'" : null;

    private static string? Take(JsonProperty member, out JsonElement? value)
    {
        value = member.Value;
        return null;
    }

    private static string? Keep(JsonProperty member, ImmutableArray<KeyValuePair<string, JsonElement>>.Builder unknown)
    {
        unknown.Add(new(member.Name, member.Value));
        return null;
    }

    private static string? Text(JsonProperty member, out string? text)
    {
        text = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : null;
        return text is null ? Wrong(member, "a string") : null;
    }

    private static string? Headers(JsonProperty member, ref DittoHeaders headers)
    {
        if (member.Value.ValueKind == JsonValueKind.Null)
            return null;
        if (member.Value.ValueKind != JsonValueKind.Object)
            return Wrong(member, "an object");
        headers = DittoHeaders.From(member.Value);
        return null;
    }

    private static string? Number(JsonProperty member, out int? number)
    {
        number = member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt32(out var n) ? n : null;
        return number is null ? Wrong(member, "a whole number") : null;
    }

    private static string? Number(JsonProperty member, out long? number)
    {
        number = member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt64(out var n) ? n : null;
        return number is null ? Wrong(member, "a whole number") : null;
    }

    private static string Wrong(JsonProperty member, string expected) =>
        $"the envelope's '{member.Name}' is {Envelope.Name(member.Value.ValueKind)}; expected {expected}";
}

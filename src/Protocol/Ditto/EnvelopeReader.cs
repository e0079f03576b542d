using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Leda.Harness.Protocol.Ditto;

/// <summary>Takes an envelope's JSON object apart, member by member.</summary>
internal static class EnvelopeReader
{
    private static readonly (string Name, byte[] Utf8)[] _known =
    [
        .. new[] { "topic", "headers", "path", "value", "extra", "status", "revision", "timestamp", "metadata", "fields" }.Select(name => (name, Encoding.UTF8.GetBytes(name))),
    ];

    public static bool TryRead(JsonElement json, StringComparison names, [NotNullWhen(true)] out Envelope? envelope, [NotNullWhen(false)] out string? problem)
    {
        envelope = null;
        problem = null;
        string? topic = null, path = null, timestamp = null, fields = null;
        var headers = DittoHeaders.Empty;
        JsonElement? value = null, extra = null, metadata = null;
        int? status = null;
        long? revision = null;
        ImmutableArray<KeyValuePair<string, JsonElement>>.Builder? unknown = null;
        foreach (var member in json.EnumerateObject())
        {
            var name = Known(member, names);
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
                _ => Keep(member, ref unknown),
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
            Unknown = unknown?.DrainToImmutable() ?? [],
        };
        return true;
    }

    private static string? Known(JsonProperty member, StringComparison names)
    {
        var raw = JsonMarshal.GetRawUtf8PropertyName(member);
        foreach (var (name, utf8) in _known)
        {
            if (raw.SequenceEqual(utf8))
                return name;
        }

        // It may be one of them in another case, or with escapes.
        var text = member.Name;
        return Array.Find(_known, known => string.Equals(known.Name, text, names)).Name;
    }

    private static string? Missing(string name, string? text) =>
        string.IsNullOrEmpty(text) ? $"the envelope has no '{name}'" : null;

    private static string? Take(JsonProperty member, out JsonElement? value)
    {
        value = member.Value;
        return null;
    }

    private static string? Keep(JsonProperty member, ref ImmutableArray<KeyValuePair<string, JsonElement>>.Builder? unknown)
    {
        unknown ??= ImmutableArray.CreateBuilder<KeyValuePair<string, JsonElement>>();
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

using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Protocol.Ditto;

/// <summary>
/// One message of the Ditto protocol: a command, an event, a live message, a response or an error (<c>ditto.md</c> 1.1).
/// Members that it does not know survive a round trip. A <see cref="Value"/> that is absent differs from one that is JSON <c>null</c>.
/// </summary>
public sealed record Envelope
{
    /// <summary>The routing line as written. It is text, because a receiver must be able to echo what it cannot read; see <see cref="TopicPath"/>.</summary>
    public required string Topic { get; init; }

    /// <summary>The headers; empty if the text had none or <c>null</c>.</summary>
    public DittoHeaders Headers { get; init; } = DittoHeaders.Empty;

    /// <summary>What of the thing is meant: a JSON pointer, or a <see cref="MessagePath"/>.</summary>
    public required string Path { get; init; }

    /// <summary>The payload; <see langword="null"/> if absent.</summary>
    public JsonElement? Value { get; init; }

    /// <summary>Parts of the thing that a subscriber asked for with <c>extraFields</c>; <see langword="null"/> if absent.</summary>
    public JsonElement? Extra { get; init; }

    /// <summary>HTTP-like status; its presence makes this a response.</summary>
    public int? Status { get; init; }

    /// <summary>The thing's revision after the change (events).</summary>
    public long? Revision { get; init; }

    /// <summary>When the change happened, ISO 8601 in UTC (events).</summary>
    public string? Timestamp { get; init; }

    /// <summary>Metadata that the change wrote (events); <see langword="null"/> if absent.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>Which parts a retrieve command asks for, as a field selector; <see langword="null"/> for all.</summary>
    public string? Fields { get; init; }

    /// <summary>Members that are not named above, in their order.</summary>
    public ImmutableArray<KeyValuePair<string, JsonElement>> Unknown { get; init; } = [];

    /// <summary>Reads an envelope from UTF-8 text.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="envelope">The result.</param>
    /// <param name="problem">Which member is missing or of the wrong type, for people.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out Envelope? envelope, [NotNullWhen(false)] out string? problem) =>
        TryParse(utf8, StringComparison.Ordinal, out envelope, out problem);

    /// <summary>Reads an envelope from UTF-8 text.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="names">How member names are compared; Kanto's Go programs ignore case (<c>kanto-container-management.md</c> 1.3).</param>
    /// <param name="envelope">The result.</param>
    /// <param name="problem">Which member is missing or of the wrong type, for people.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> utf8, StringComparison names, [NotNullWhen(true)] out Envelope? envelope, [NotNullWhen(false)] out string? problem)
    {
        envelope = null;
        return JsonText.TryParse(utf8, out var json, out problem) && TryRead(json, names, out envelope, out problem);
    }

    /// <summary>Reads an envelope from JSON.</summary>
    /// <param name="json">The JSON value.</param>
    /// <param name="envelope">The result.</param>
    /// <param name="problem">Which member is missing or of the wrong type, for people.</param>
    public static bool TryRead(JsonElement json, [NotNullWhen(true)] out Envelope? envelope, [NotNullWhen(false)] out string? problem) =>
        TryRead(json, StringComparison.Ordinal, out envelope, out problem);

    private static bool TryRead(
        JsonElement json, StringComparison names, [NotNullWhen(true)] out Envelope? envelope, [NotNullWhen(false)] out string? problem)
    {
        envelope = null;
        if (json.ValueKind != JsonValueKind.Object)
        {
            problem = $"an envelope is a JSON object, not {Name(json.ValueKind)}";
            return false;
        }

        return EnvelopeReader.TryRead(json, names, out envelope, out problem);
    }

    /// <summary>Reads an envelope that is known to be good.</summary>
    /// <exception cref="FormatException">The text is no envelope.</exception>
    public static Envelope Parse(ReadOnlySpan<byte> utf8) =>
        TryParse(utf8, out var envelope, out var problem) ? envelope : throw new FormatException(problem);

    /// <summary>The envelope as compact UTF-8 JSON, members in Ditto's order.</summary>
    public byte[] ToUtf8() => JsonText.Write(WriteTo);

    internal static string Name(JsonValueKind kind) => kind switch
    {
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        JsonValueKind.Null => "null",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        _ => $"a {kind.ToString().ToLowerInvariant()}",
    };

    private void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("topic", Topic);
        writer.WritePropertyName("headers");
        Headers.WriteTo(writer);
        writer.WriteString("path", Path);
        Write(writer, "value", Value);
        Write(writer, "extra", Extra);
        if (Status is { } status)
            writer.WriteNumber("status", status);
        if (Revision is { } revision)
            writer.WriteNumber("revision", revision);
        if (Timestamp is not null)
            writer.WriteString("timestamp", Timestamp);
        Write(writer, "metadata", Metadata);
        if (Fields is not null)
            writer.WriteString("fields", Fields);
        foreach (var (name, unknown) in Unknown)
        {
            writer.WritePropertyName(name);
            unknown.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, JsonElement? value)
    {
        if (value is not { } json)
            return;
        writer.WritePropertyName(name);
        json.WriteTo(writer);
    }
}

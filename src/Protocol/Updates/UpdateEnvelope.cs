using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Protocol.Updates;

/// <summary>
/// What travels on <see cref="UpdateTopics"/>: <c>{"activityId":…,"timestamp":…,"payload":…}</c> (<c>kanto-container-management.md</c> 3.5).
/// Inbound, member names are compared ignoring case, unknown ones are ignored and absent ones are empty, as in Go.
/// </summary>
public sealed record UpdateEnvelope
{
    /// <summary>What ties a desired state, its commands and its feedback together; opaque, may be empty.</summary>
    public string? ActivityId { get; init; }

    /// <summary>When it was sent, in Unix milliseconds; nobody relies on it.</summary>
    public long Timestamp { get; init; }

    /// <summary>What is sent; <see langword="null"/> if nothing is.</summary>
    public JsonElement? Payload { get; init; }

    /// <summary>Reads an envelope and a payload of a known shape; none gives <see langword="null"/>.</summary>
    /// <param name="utf8">The message.</param>
    /// <param name="shape">What the payload is to be.</param>
    /// <param name="envelope">The envelope.</param>
    /// <param name="payload">Its payload.</param>
    /// <param name="problem">What is wrong, for people.</param>
    public static bool TryParse<T>(
        ReadOnlySpan<byte> utf8,
        JsonTypeInfo<T> shape,
        [NotNullWhen(true)] out UpdateEnvelope? envelope,
        out T? payload,
        [NotNullWhen(false)] out string? problem)
        where T : class
    {
        payload = null;
        if (!TryParse(utf8, out envelope, out problem))
            return false;
        try
        {
            payload = envelope.Payload?.Deserialize(shape);
            return true;
        }
        catch (JsonException e)
        {
            problem = $"the payload is of a wrong type at {e.Path ?? "$"}";
            return false;
        }
    }

    /// <summary>Reads an envelope, whatever its payload is.</summary>
    /// <param name="utf8">The message.</param>
    /// <param name="envelope">The envelope.</param>
    /// <param name="problem">What is wrong, for people.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out UpdateEnvelope? envelope, [NotNullWhen(false)] out string? problem)
    {
        envelope = null;
        if (!JsonText.TryParse(utf8, out var json, out problem))
            return false;
        try
        {
            if (json.ValueKind == JsonValueKind.Object)
                envelope = json.Deserialize(UpdatesJson.Default.UpdateEnvelope);
            problem = envelope is null ? "an envelope is a JSON object" : null;
        }
        catch (JsonException e)
        {
            problem = $"the envelope is of a wrong type at {e.Path ?? "$"}";
        }

        return problem is null;
    }

    /// <summary>An envelope with a payload, as compact UTF-8 JSON; all three members are always there.</summary>
    public static byte[] ToUtf8<T>(string activityId, DateTimeOffset at, T payload, JsonTypeInfo<T> shape) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("activityId", activityId);
        writer.WriteNumber("timestamp", at.ToUnixTimeMilliseconds());
        writer.WritePropertyName("payload");
        JsonSerializer.SerializeToElement(payload, shape).WriteTo(writer);
        writer.WriteEndObject();
    });
}

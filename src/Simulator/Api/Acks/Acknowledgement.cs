using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Simulator.Api.Acks;

/// <summary>One acknowledgement of one command (<c>ditto.md</c> 4.7).</summary>
/// <param name="Label">What is acknowledged.</param>
/// <param name="Status">HTTP-like status.</param>
/// <param name="Payload">What the acknowledging side says; <see langword="null"/> for nothing.</param>
/// <param name="Headers">Its headers.</param>
internal sealed record Acknowledgement(string Label, int Status, JsonElement? Payload, DittoHeaders Headers)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>Given in place of a subscriber that did not get the event (<c>ditto.md</c> 5.4).</summary>
    public static Acknowledgement Weak(string label, string correlationId) => new(
        label, 200, null, DittoHeaders.From([new("correlation-id", JsonText.String(correlationId)), new("ditto-weak-ack", JsonText.Boolean(true))]));

    /// <summary>Nobody gave it in time.</summary>
    public static Acknowledgement Missing(string label, string correlationId, TimeSpan timeout)
    {
        var error = AckErrors.Timeout(label, timeout);
        return new(label, error.Status, error.ToJson(), DittoHeaders.Of(correlationId, false, DittoHeaders.JsonContentType));
    }

    /// <summary>The acknowledgement as an envelope of its own, as clients send it.</summary>
    public Envelope ToEnvelope(ThingId thing) => new()
    {
        Topic = new TopicPath(thing, TopicPath.TwinChannel, Criterion.Acks, Label).ToString(),
        Headers = Headers,
        Path = "/",
        Value = Payload,
        Status = Status,
    };

    /// <summary>Writes it as one member of aggregated ones.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject(Label);
        writer.WriteNumber("status", Status);
        if (Payload is { } payload)
        {
            writer.WritePropertyName("payload");
            payload.WriteTo(writer);
        }

        writer.WriteStartObject("headers");
        foreach (var (name, value) in Headers.All)
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}

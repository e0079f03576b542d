using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Simulator.History;

/// <summary>What a session is told of its streams of history, as envelopes on <c>…/things/twin/streaming/…</c> (<c>ditto.md</c> 5.7).</summary>
internal static class HistoryMessages
{
    public static Envelope Created(HistorySubscription of) => Of("created", of.Thing, of.Id, of.CorrelationId, null);

    public static Envelope Next(HistorySubscription of, JsonElement item) => Of("next", of.Thing, of.Id, of.CorrelationId, writer =>
    {
        writer.WritePropertyName("item");
        item.WriteTo(writer);
    });

    public static Envelope Complete(HistorySubscription of) => Of("complete", of.Thing, of.Id, of.CorrelationId, null);

    public static Envelope Failed(ThingId thing, string id, string? correlationId, DittoError error) => Of("failed", thing, id, correlationId, writer =>
    {
        writer.WritePropertyName("error");
        error.ToJson().WriteTo(writer);
    });

    private static Envelope Of(string action, ThingId thing, string id, string? correlationId, Action<Utf8JsonWriter>? write) => new()
    {
        Topic = new TopicPath(thing, TopicPath.TwinChannel, Criterion.Streaming, action).ToString(),
        Headers = DittoHeaders.Of(correlationId, false, DittoHeaders.JsonContentType),
        Path = "/",
        Value = JsonText.Build(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("subscriptionId", id);
            write?.Invoke(writer);
            writer.WriteEndObject();
        }),
    };
}

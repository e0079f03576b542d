using System.Text.Json;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Simulator.Api.WebSockets;

/// <summary>The events and errors of searches as envelopes (<c>ditto.md</c> 1.7 and 5.6).</summary>
internal static class SearchReply
{
    public static Envelope Of(string @event, string id, string correlationId) => Envelope(@event, correlationId, id, _ => { });

    public static Envelope Next(string id, string correlationId, IEnumerable<JsonElement> items) => Envelope("next", correlationId, id, writer =>
    {
        writer.WriteStartArray("items");
        foreach (var item in items)
            item.WriteTo(writer);
        writer.WriteEndArray();
    });

    public static Envelope Failed(string id, string correlationId, DittoError error) => Envelope("failed", correlationId, id, writer =>
    {
        writer.WritePropertyName("error");
        error.ToJson().WriteTo(writer);
    });

    /// <summary>An error that belongs to no open search.</summary>
    public static Envelope Error(string? correlationId, DittoError error) =>
        error.ToEnvelope(new TopicPath(ThingId.Any, TopicPath.TwinChannel, Criterion.Search, "error"), correlationId);

    public static DittoError TooMany(int most) => new(
        429, "too.many.requests", $"{most} searches are open on this WebSocket already.", "Finish some, or cancel them.");

    public static DittoError NoLimit() => new(
        400, "thing-search:search.option.invalid", "'limit' does not go with a search that is taken page by page.", "Use size(n) and ask for pages with 'demand'.");

    public static DittoError NotFound(string id) => new(
        404, "thing-search:subscription.not.found", $"There is no open search '{PlainText.Of(id)}' on this WebSocket.", "Subscribe first.");

    public static DittoError BadDemand() => new(
        400, "thing-search:subscription.protocol.error", "The 'demand' is no positive whole number.", "Ask for one page or more.");

    public static DittoError Idle() => new(
        408, "thing-search:subscription.timeout", $"No page was asked for within {SearchStream.Patience.TotalSeconds:0} s.", "Subscribe again.");

    private static Envelope Envelope(string @event, string correlationId, string id, Action<Utf8JsonWriter> more) => new()
    {
        Topic = new TopicPath(ThingId.Any, TopicPath.TwinChannel, Criterion.Search, @event).ToString(),
        Headers = DittoHeaders.Of(correlationId, false, DittoHeaders.JsonContentType),
        Path = "/",
        Value = JsonText.Build(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("subscriptionId", id);
            more(writer);
            writer.WriteEndObject();
        }),
    };
}

using System.Collections.Immutable;
using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Simulator.Search;

/// <summary>What a session is told of its searches, as envelopes on <c>_/_/things/twin/search/…</c> (<c>ditto.md</c> 5.6).</summary>
internal static class SearchMessages
{
    public static Envelope Created(string id, string? correlationId) => Of("created", id, correlationId, null);

    public static Envelope Next(string id, string? correlationId, ImmutableArray<JsonElement> items) => Of("next", id, correlationId, writer =>
    {
        writer.WriteStartArray("items");
        foreach (var item in items)
            item.WriteTo(writer);
        writer.WriteEndArray();
    });

    public static Envelope Complete(string id, string? correlationId) => Of("complete", id, correlationId, null);

    public static Envelope Failed(string id, string? correlationId, DittoError error) => Of("failed", id, correlationId, writer =>
    {
        writer.WritePropertyName("error");
        error.ToJson().WriteTo(writer);
    });

    /// <summary>An error that belongs to no open search (<c>ditto.md</c> 1.7).</summary>
    public static Envelope Error(string? correlationId, DittoError error) =>
        error.ToEnvelope(new TopicPath(ThingId.Any, TopicPath.TwinChannel, Criterion.Search, "error"), correlationId);

    private static Envelope Of(string action, string id, string? correlationId, Action<Utf8JsonWriter>? write) => new()
    {
        Topic = new TopicPath(ThingId.Any, TopicPath.TwinChannel, Criterion.Search, action).ToString(),
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

using System.Collections.Immutable;
using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Simulator.Api.Acks;

/// <summary>Several acknowledgements in one answer (<c>ditto.md</c> 4.7 and 5.3).</summary>
internal static class AggregatedAcks
{
    /// <summary>200 if all are good, else 424.</summary>
    public static int StatusOf(ImmutableArray<Acknowledgement> acks) => acks.All(a => a.IsSuccess) ? 200 : 424;

    /// <summary>One JSON object, by label.</summary>
    public static JsonElement ToJson(ImmutableArray<Acknowledgement> acks) => JsonText.Build(writer =>
    {
        writer.WriteStartObject();
        foreach (var ack in acks)
            ack.WriteTo(writer);
        writer.WriteEndObject();
    });

    /// <summary>One envelope.</summary>
    public static Envelope ToEnvelope(ThingId thing, string? correlationId, ImmutableArray<Acknowledgement> acks) => new()
    {
        Topic = new TopicPath(thing, TopicPath.TwinChannel, Criterion.Acks, "").ToString(),
        Headers = DittoHeaders.Of(correlationId, false, DittoHeaders.JsonContentType),
        Path = "/",
        Value = ToJson(acks),
        Status = StatusOf(acks),
    };
}

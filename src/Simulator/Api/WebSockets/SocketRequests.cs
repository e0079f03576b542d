using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.History;
using Leda.Harness.Simulator.Search;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Api.WebSockets;

/// <summary>Reads the envelopes that come in on one socket and hands each to whom it concerns (<c>ditto.md</c> 5.3).</summary>
internal sealed class SocketRequests(
    DittoCloud cloud, TwinRequests twins, LiveRequests live, AckRequests acks, SearchSubscriptions searches, HistorySubscriptions histories,
    Func<Envelope, ValueTask> answer)
{
    /// <summary>Handles one text frame that is no control message.</summary>
    public async ValueTask HandleAsync(ReadOnlyMemory<byte> text, CancellationToken cancellationToken)
    {
        if (!JsonText.TryParse(text.Span, out var json, out var problem))
            await RefuseAsync(SocketErrors.NotJson(problem), null, null);
        else if (!Envelope.TryRead(json, out var envelope, out problem))
            await RefuseAsync(Missing(json) ?? SocketErrors.NoEnvelope(problem), null, CorrelationIdOf(json));
        else
            await HandleAsync(WithCorrelationId(envelope), cancellationToken);
    }

    private async ValueTask HandleAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        var id = envelope.Headers.CorrelationId;
        if (!TopicPath.TryParse(envelope.Topic, out var topic, out var problem))
            await RefuseAsync(TwinErrors.UnknownTopic(problem), ThingOf(envelope.Topic), id);
        else if (envelope.Headers.Find("response-required") is not null && envelope.Headers.ResponseRequired is null)
            await RefuseAsync(TwinErrors.HeaderInvalid("response-required", "it is neither true nor false"), topic.ThingId, id);
        else if ((topic.Channel, topic.Criterion, envelope.Status) is (TopicPath.TwinChannel, Criterion.Commands, null))
            await twins.ExecuteAsync(topic, envelope, cancellationToken);
        else if (topic.Criterion == Criterion.Acks && envelope.Status is not null)
            await (acks.Take(topic, envelope) is { } refused ? RefuseAsync(refused, topic.ThingId, id) : default);
        else if ((topic.Channel, topic.Criterion, envelope.Status) is (TopicPath.TwinChannel, Criterion.Search, null))
            await (await searches.TakeAsync(topic, envelope) is { } bad ? answer(SearchMessages.Error(id, bad)) : default);
        else if ((topic.Channel, topic.Criterion, envelope.Status) is (TopicPath.TwinChannel, Criterion.Streaming, null))
            await (await histories.TakeAsync(topic, envelope) is { } wrong ? RefuseAsync(wrong, topic.ThingId, id) : default);
        else if ((topic.Channel, envelope.Status) is (TopicPath.LiveChannel, null) && topic.Criterion is Criterion.Messages or Criterion.Commands or Criterion.Events)
            await live.SendAsync(topic, envelope, cancellationToken);
        else if (topic is { Channel: TopicPath.LiveChannel, Criterion: Criterion.Messages or Criterion.Commands or Criterion.Errors })
            await live.RespondAsync(topic, envelope);
        else
            await RefuseAsync(TwinErrors.UnknownTopic($"The topic '{topic}' is not supported here."), topic.ThingId, id);
    }

    private ValueTask RefuseAsync(DittoError error, ThingId? thing, string? correlationId) =>
        answer(error.ToEnvelope(SocketErrors.Topic(thing), correlationId ?? cloud.Ids.NewUuid()));

    private Envelope WithCorrelationId(Envelope envelope) => envelope.Headers.CorrelationId is { Length: > 0 }
        ? envelope
        : envelope with { Headers = envelope.Headers.With("correlation-id", JsonText.String(cloud.Ids.NewUuid())) };

    private static DittoError? Missing(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            return null;
        if (!json.TryGetProperty("topic", out _))
            return SocketErrors.FieldMissing("topic");
        return json.TryGetProperty("path", out _) ? null : SocketErrors.FieldMissing("path");
    }

    private static string? CorrelationIdOf(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty("headers", out var headers) && headers.ValueKind == JsonValueKind.Object
            ? DittoHeaders.From(headers).CorrelationId
            : null;

    private static ThingId? ThingOf(string topic) =>
        topic.Split('/', 3) is [var ns, var name, _] && ThingId.TryParse($"{ns}:{name}", out var thing, out _) ? thing : null;
}

using System.Text.Json;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Messages;

/// <summary>A message that someone on the cloud side sends to a device: an operation of a feature.</summary>
/// <param name="Thing">The thing, for example <c>dummy-namespace:dummy-gateway:dummy-device-id:edge:containers</c>.</param>
/// <param name="FeatureId">The feature; <see langword="null"/> for the thing itself.</param>
/// <param name="Subject">The operation's name.</param>
/// <param name="Value">Its argument; absent if <see langword="null"/>, and then there is no content type either, as Kanto demands.</param>
public sealed record LiveMessage(ThingId Thing, string? FeatureId, string Subject, JsonElement? Value = null)
{
    /// <summary>The message as an envelope.</summary>
    /// <param name="correlationId">What ties the answer to it.</param>
    /// <param name="responseRequired">Whether an answer is wanted.</param>
    /// <param name="timeout">How long the sender waits, in Ditto's spelling; left out if <see langword="null"/>.</param>
    public Envelope ToEnvelope(string correlationId, bool responseRequired, string? timeout) => new()
    {
        Topic = TopicPath.LiveMessage(Thing, Subject).ToString(),
        Headers = DittoHeaders.Of(correlationId, responseRequired, Value is null ? null : DittoHeaders.JsonContentType, timeout),
        Path = new MessagePath(FeatureId, MessageDirection.Inbox, Subject).ToString(),
        Value = Value,
    };
}

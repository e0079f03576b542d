using System.Diagnostics.CodeAnalysis;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Traffic;

/// <summary>
/// A live request without its MQTT topic: a message that somebody means to send, or saw on a WebSocket. It will reach the device as a
/// command, and is judged as one too.
/// </summary>
internal static class Draft
{
    /// <summary>The topic on which the device will receive it.</summary>
    /// <param name="envelope">The envelope's text.</param>
    /// <param name="topic">The topic.</param>
    /// <returns><see langword="false"/> if it is no live request.</returns>
    public static bool TryGetTopic(ReadOnlySpan<byte> envelope, [NotNullWhen(true)] out string? topic)
    {
        topic = JsonText.TryParse(envelope, out var json, out _)
            && Envelope.TryRead(json, out var read, out _)
            && read.Status is null
            && TopicPath.TryParse(read.Topic, out var path, out _)
            && path.Criterion == Criterion.Messages
            && MessagePath.TryParse(read.Path, out var message, out _)
            && message.Direction == MessageDirection.Inbox
            ? $"command//{path.ThingId}/req/draft/{message.Subject}"
            : null;
        return topic is not null;
    }
}

using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Api.WebSockets;

/// <summary>Errors that a socket is told, as envelopes (<c>ditto.md</c> 1.7).</summary>
internal static class SocketErrors
{
    private static readonly ThingId _unknown = ThingId.Parse("unknown:unknown");

    public static DittoError NotText() => new(
        400, "json.invalid", "The frame is binary.", "Send text frames: control messages, or envelopes of the Ditto protocol as JSON.");

    public static DittoError NotJson(string problem) => new(
        400, "json.invalid", "The frame is neither a control message nor JSON.", PlainText.Of(problem));

    public static DittoError FieldMissing(string name) => new(
        400, "json.field.missing", $"The envelope has no '{name}'.", "An envelope needs at least 'topic' and 'path'.");

    public static DittoError NoEnvelope(string problem) => new(
        400, "json.invalid", "The frame is no envelope of the Ditto protocol.", PlainText.Of(problem));

    public static DittoError OtherSubject(string ofPath, string ofTopic) => new(
        400, "protocoladapter:invalid.path", $"The path's subject '{PlainText.Of(ofPath)}' is not the topic's, '{PlainText.Of(ofTopic)}'.",
        "Use one subject in both.");

    public static DittoError NoToken() => new(
        401, "gateway:jwt.issuer.notsupported", "JSON web tokens are not supported.", "Authenticate with user and password when the socket is opened.");

    public static DittoError Dropped(int count) => new(
        429, "gateway:websocket.signals.dropped",
        $"{count} signals were not delivered: this client reads slower than they come, and {SocketOutbox.Capacity} wait already.",
        "Read faster, or narrow the subscription with 'filter' or 'namespaces'.");

    public static DittoError Falling(string client) => new(
        429, "gateway:websocket.signals.dropped",
        $"The WebSocket of '{client}' reads slower than signals come; from this one on, signals are dropped until it catches up.",
        "The client is told how many it missed.");

    /// <summary>The topic that errors of a thing stand under.</summary>
    /// <param name="thing">The thing; <see langword="null"/> if the input does not name one.</param>
    /// <param name="channel">The channel.</param>
    public static TopicPath Topic(ThingId? thing = null, string channel = TopicPath.TwinChannel) => new(thing ?? _unknown, channel, Criterion.Errors, "");
}

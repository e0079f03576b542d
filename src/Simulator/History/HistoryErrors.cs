using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Signals;

namespace Leda.Harness.Simulator.History;

/// <summary>Why history is refused, by Ditto's own error ids (<c>ditto.md</c> 4.6 and 5.7).</summary>
internal static class HistoryErrors
{
    public static DittoError SubscriptionNotFound(string id) => new(
        404, "streaming.subscription.not.found", $"There is no streaming subscription '{id}' in this session (any longer).",
        "Subscribe again: one ends when it is complete, has failed, or is idle for a minute.");

    public static DittoError ProtocolError(string problem) => new(400, "streaming.subscription.protocol.error", problem, "Request at least one item.");

    public static DittoError SubscriptionTimeout() => new(
        408, "streaming.subscription.timeout", $"Nothing was requested for {OpenSubscriptions<HistorySubscription>.Patience.TotalSeconds:0} s.", "Subscribe again, and request or cancel in time.");

    public static DittoError TooMany() => new(
        429, "too.many.requests", $"{OpenSubscriptions<HistorySubscription>.Most} streaming subscriptions are open already.", "Cancel those that are not needed.");

    public static DittoError FieldMissing(string name) => new(
        400, "json.field.missing", $"The value has no '{name}'.", "See the streaming subscription protocol of Eclipse Ditto.");

    public static DittoError ParameterInvalid(string name, string expected) => new(
        400, "gateway:query.parameter.invalid", $"The query parameter '{name}' is not {expected}.", "Correct it, or leave it out.");

    public static DittoError WhichThing() => new(
        400, "gateway:query.parameter.invalid", "The history of all things at once is not offered.", "Name things with 'ids', or use /things/<id>.");

    public static DittoError UnknownAction(string action) => new(
        400, "protocoladapter:unknown.command", $"'{action}' is nothing that a stream of history can be told.", "Use subscribeForPersistedEvents, request or cancel.");
}

using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Signals;

namespace Leda.Harness.Simulator.Search;

/// <summary>Why a search is refused, by Ditto's own error ids (<c>ditto.md</c> 4.4, 5.6 and 6.5).</summary>
internal static class SearchErrors
{
    public static DittoError Option(string problem) =>
        new(400, "thing-search:search.option.invalid", "The options of the search are not valid.", problem);

    public static DittoError NoLimit() => Option("A stream goes on until all is found: 'limit' makes no sense here, leave it out.");

    public static DittoError SubscriptionNotFound(string id) => new(
        404, "thing-search:subscription.not.found", $"There is no search subscription '{id}' (any longer).",
        "Subscribe again: one ends when it is complete, has failed, or is idle for a minute.");

    public static DittoError ProtocolError(string problem) => new(
        400, "thing-search:subscription.protocol.error", problem, "Request at least one page.");

    public static DittoError SubscriptionTimeout() => new(
        408, "thing-search:subscription.timeout", $"Nothing was requested for {OpenSubscriptions<SearchSubscription>.Patience.TotalSeconds:0} s.", "Subscribe again, and request or cancel in time.");

    public static DittoError TooMany() => new(
        429, "too.many.requests", $"{OpenSubscriptions<SearchSubscription>.Most} search subscriptions are open already.", "Cancel those that are not needed.");

    public static DittoError FieldMissing(string name) => new(
        400, "json.field.missing", $"The value has no '{name}'.", "See the search protocol of Eclipse Ditto.");

    public static DittoError UnknownAction(string action) => new(
        400, "protocoladapter:unknown.command", $"'{action}' is nothing that a search can be told.", "Use subscribe, request or cancel.");
}

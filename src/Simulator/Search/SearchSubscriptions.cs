using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Signals;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Search;

/// <summary>
/// The searches of one session by Ditto's search protocol (<c>ditto.md</c> 5.6): it subscribes, requests so many pages at a time, and is told
/// each page and the end. Whatever it is told goes where <paramref name="tell"/> leads, a WebSocket for example, whose pace it keeps.
/// Commands come one at a time.
/// </summary>
/// <param name="things">The things that there are.</param>
/// <param name="caller">Who searches.</param>
/// <param name="time">The clock.</param>
/// <param name="tell">Takes what the session is told. It may not fail when the session is gone.</param>
public sealed class SearchSubscriptions(ThingStore things, Caller caller, TimeProvider time, Func<Envelope, ValueTask> tell) : IDisposable
{
    private readonly OpenSubscriptions<SearchSubscription> _open = new(time, (id, subscription) => tell(SearchMessages.Failed(id, subscription.CorrelationId, SearchErrors.SubscriptionTimeout())));
    private readonly SearchSight _sight = SearchSight.Of(things.Access, caller);
    private long _next;

    /// <summary>Takes a command on <c>_/_/things/twin/search/subscribe</c>, <c>request</c> or <c>cancel</c>.</summary>
    /// <returns>Why the command cannot be read; <see langword="null"/> if it can, and everything else is told as an envelope.</returns>
    public async ValueTask<DittoError?> TakeAsync(TopicPath topic, Envelope command)
    {
        var error = SearchCommand.TryRead(command, out var read) ? null : read.Error;
        switch (topic.Action)
        {
            case "subscribe" when error is null:
                return await SubscribeAsync(command, read);
            case "request" or "cancel" when error is null && read.SubscriptionId is null:
                return SearchErrors.FieldMissing("subscriptionId");
            case "request" when error is null && read.Demand is null:
                return SearchErrors.FieldMissing("demand");
            case "request" when error is null:
                await RequestAsync(command, read.SubscriptionId!, read.Demand!.Value);
                return null;
            case "cancel" when error is null:
                _open.Take(read.SubscriptionId!);
                return null;
            case "subscribe" or "request" or "cancel":
                return error;
            default:
                return SearchErrors.UnknownAction(topic.Action);
        }
    }

    /// <summary>The session is gone; nothing more is told.</summary>
    public void Dispose() => _open.Dispose();

    private async ValueTask<DittoError?> SubscribeAsync(Envelope command, SearchCommand read)
    {
        if (_open.IsFull)
            return SearchErrors.TooMany();
        var id = _next++.ToString(CultureInfo.InvariantCulture);
        var subscription = new SearchSubscription(id, command);
        subscription.Read(read.Filter, read.Options, read.Namespaces);
        await tell(SearchMessages.Created(id, subscription.CorrelationId));
        _open.Put(subscription.Id, subscription);
        return null;
    }

    private async ValueTask RequestAsync(Envelope command, string id, long demand)
    {
        if (_open.Take(id) is not { } subscription)
        {
            await tell(SearchMessages.Failed(id, command.Headers.CorrelationId, SearchErrors.SubscriptionNotFound(id)));
            return;
        }

        if (await ServeAsync(subscription, demand))
            _open.Put(subscription.Id, subscription);
    }

    /// <returns>Whether there is more to request.</returns>
    private async ValueTask<bool> ServeAsync(SearchSubscription subscription, long demand)
    {
        var (id, correlationId) = (subscription.Id, subscription.CorrelationId);
        var error = demand > 0 ? subscription.Refusal : SearchErrors.ProtocolError($"A demand of {demand} pages cannot be met.");
        if (error is not null)
        {
            await tell(SearchMessages.Failed(id, correlationId, error));
            return false;
        }

        for (; demand > 0 && !_open.IsClosed; demand--)
        {
            var page = ThingSearch.Page(things.All, subscription.Query!, _sight, time.GetUtcNow());
            if (Items(page, subscription.View!) is { Length: > 0 } items)
                await tell(SearchMessages.Next(id, correlationId, items));
            if (page.Cursor is null)
            {
                await tell(SearchMessages.Complete(id, correlationId));
                return false;
            }

            subscription.Query = subscription.Query!.After(page.Items[^1], _sight);
        }

        return true;
    }

    private ImmutableArray<JsonElement> Items(SearchPage page, TwinView view)
    {
        var items = ImmutableArray.CreateBuilder<JsonElement>(page.Items.Count);
        foreach (var thing in page.Items)
        {
            if (things.Access.TryView(thing, caller, view, out var item))
                items.Add(item);
        }

        return items.DrainToImmutable();
    }
}

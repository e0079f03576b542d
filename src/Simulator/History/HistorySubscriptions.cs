using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Signals;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.History;

/// <summary>
/// The streams of history of one session (<c>ditto.md</c> 5.7): it subscribes for the past events of a twin, requests so many at a time, and is
/// told each and the end. Whatever it is told goes where <paramref name="tell"/> leads, a WebSocket for example, whose pace it keeps. Commands
/// come one at a time.
/// </summary>
/// <param name="things">The twins.</param>
/// <param name="caller">Who asks.</param>
/// <param name="time">The clock.</param>
/// <param name="ids">Gives the subscriptions' ids, so that no session knows another's.</param>
/// <param name="tell">Takes what the session is told. It may not fail when the session is gone.</param>
public sealed class HistorySubscriptions(ThingStore things, Caller caller, TimeProvider time, IdSource ids, Func<Envelope, ValueTask> tell) : IDisposable
{
    private readonly OpenSubscriptions<HistorySubscription> _open = new(time, (id, subscription) => tell(HistoryMessages.Failed(subscription.Thing, id, subscription.CorrelationId, HistoryErrors.SubscriptionTimeout())));

    /// <summary>Takes a command on <c>…/things/twin/streaming/subscribeForPersistedEvents</c>, <c>request</c> or <c>cancel</c>.</summary>
    /// <returns>Why the command cannot be read; <see langword="null"/> if it can, and everything else is told as an envelope.</returns>
    public async ValueTask<DittoError?> TakeAsync(TopicPath topic, Envelope command)
    {
        var read = HistoryCommand.Read(command);
        switch (topic.Action)
        {
            case "subscribeForPersistedEvents" or "request" or "cancel" when read.Error is { } error:
                return error;
            case "subscribeForPersistedEvents":
                return await SubscribeAsync(topic.ThingId, command, read);
            case "request" or "cancel" when read.SubscriptionId is null:
                return HistoryErrors.FieldMissing("subscriptionId");
            case "request" when read.Demand is null:
                return HistoryErrors.FieldMissing("demand");
            case "request":
                await RequestAsync(topic.ThingId, command, read.SubscriptionId!, read.Demand!.Value);
                return null;
            case "cancel":
                _open.Take(read.SubscriptionId!);
                return null;
            default:
                return HistoryErrors.UnknownAction(topic.Action);
        }
    }

    /// <summary>The session is gone; nothing more is told.</summary>
    public void Dispose() => _open.Dispose();

    private async ValueTask<DittoError?> SubscribeAsync(ThingId thing, Envelope command, HistoryCommand read)
    {
        if (_open.IsFull)
            return HistoryErrors.TooMany();
        Dictionary<string, string> parameters = read.Filter is { } filter ? new() { ["filter"] = filter } : [];
        if (!Subscription.TryRead(parameters, out var view, out var error))
            return error;
        var id = ids.NewUuid();
        var subscription = new HistorySubscription(id, thing, command.Headers.CorrelationId, read.Range, view);
        await tell(HistoryMessages.Created(subscription));
        _open.Put(subscription.Id, subscription);
        return null;
    }

    private async ValueTask RequestAsync(ThingId thing, Envelope command, string id, long demand)
    {
        if (_open.Take(id) is not { } subscription)
            await tell(HistoryMessages.Failed(thing, id, command.Headers.CorrelationId, HistoryErrors.SubscriptionNotFound(id)));
        else if (await ServeAsync(subscription, demand))
            _open.Put(subscription.Id, subscription);
    }

    /// <returns>Whether there is more to request.</returns>
    private async ValueTask<bool> ServeAsync(HistorySubscription subscription, long demand)
    {
        DittoError? error = null;
        if (demand <= 0)
            error = HistoryErrors.ProtocolError($"A demand of {demand} items cannot be met.");
        else if (!things.TryReadHistory(subscription.Thing, caller, out var history, out var reader))
            error = TwinErrors.ThingNotFound(subscription.Thing);
        else if (await ServeAsync(subscription, subscription.Left ??= new(subscription.Range.Of(history)), reader, demand))
            return true;
        else
            await tell(HistoryMessages.Complete(subscription));
        if (error is not null)
            await tell(HistoryMessages.Failed(subscription.Thing, subscription.Id, subscription.CorrelationId, error));
        return false;
    }

    private async ValueTask<bool> ServeAsync(HistorySubscription subscription, Queue<HistoryEntry> left, Enforcer reader, long demand)
    {
        for (; !_open.IsClosed && left.TryPeek(out var entry); left.Dequeue())
        {
            var past = new Signal(entry.Topic, entry.ToEvent(), entry.Thing, null);
            if (subscription.View.Serve(past, reader, time.GetUtcNow()) is not { } item)
                continue;
            if (demand-- == 0)
                return true;
            await tell(HistoryMessages.Next(subscription, JsonText.Parse(item)));
        }

        return false;
    }
}

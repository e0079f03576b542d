using Leda.Harness.Protocol.Messaging;
using MQTTnet;
using MQTTnet.Protocol;

namespace Leda.Harness.Simulator.Broker;

/// <summary>
/// Who gets what: the subscriptions of all sessions in one index, and the retained messages. MQTTnet's own dispatch asks every session for
/// every message; this one costs as much as there are receivers. One lock, so that a subscription sees each message either retained or
/// live, and all receivers see messages in one order.
/// </summary>
internal sealed class MessageRouter
{
    private readonly Lock _gate = new();
    private readonly TopicTrie<BrokerSubscription> _index = new();
    private readonly SortedDictionary<string, MqttApplicationMessage> _retained = new(StringComparer.Ordinal);
    private readonly List<BrokerSubscription> _matches = [];
    private readonly List<BrokerSession> _receivers = [];

    /// <summary>Adds or replaces a subscription and delivers the retained messages that the client asks for.</summary>
    public Routed Subscribe(BrokerSubscription subscription, MqttRetainHandling handling)
    {
        var routed = default(Routed);
        lock (_gate)
        {
            var session = subscription.Session;
            var isNew = !session.Subscriptions.Remove(subscription.Filter, out var old);
            if (old is not null)
                _index.Remove(old.Filter, old);
            session.Subscriptions.Add(subscription.Filter, subscription);
            _index.Add(subscription.Filter, subscription);
            if (handling == MqttRetainHandling.SendAtSubscribe || (handling == MqttRetainHandling.SendAtSubscribeIfNewSubscriptionOnly && isNew))
                DeliverRetained(subscription, ref routed);
        }

        return routed;
    }

    /// <summary>Removes a subscription.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Unsubscribe(BrokerSession session, TopicFilter filter)
    {
        lock (_gate)
            return session.Subscriptions.Remove(filter, out var subscription) && _index.Remove(filter, subscription);
    }

    /// <summary>Removes all subscriptions of a session that is no more. A dead session in the index would swallow messages.</summary>
    public void Forget(BrokerSession session)
    {
        lock (_gate)
        {
            foreach (var subscription in session.Subscriptions.Values)
                _index.Remove(subscription.Filter, subscription);
            session.Subscriptions.Clear();
        }
    }

    /// <summary>Keeps the message if it is to be retained, and gives it to every session that has a matching filter, once.</summary>
    /// <param name="senderId">Who published; not a receiver where the filter says "no local".</param>
    /// <param name="message">The message; owned by the router from now on.</param>
    public Routed Publish(string senderId, MqttApplicationMessage message)
    {
        var routed = default(Routed);
        lock (_gate)
        {
            if (message.Retain)
                Retain(message);
            Choose(senderId, message.Topic);
            foreach (var session in _receivers)
            {
                var note = session.Note;
                var qos = note.Qos.OrLess(message.QualityOfServiceLevel);
                routed.Add(session, message.Shaped(qos, message.Retain && note.RetainAsPublished, note.Identifiers));
                note.Clear();
            }
        }

        return routed;
    }

    private void Retain(MqttApplicationMessage message)
    {
        if (message.Payload.IsEmpty)
            _retained.Remove(message.Topic);
        else
            _retained[message.Topic] = message;
    }

    private void Choose(string senderId, string topic)
    {
        _matches.Clear();
        _receivers.Clear();
        _index.Match(topic, _matches);
        foreach (var subscription in _matches)
        {
            if (subscription.NoLocal && subscription.Session.ClientId == senderId)
                continue;
            if (subscription.Session.Note.Add(subscription))
                _receivers.Add(subscription.Session);
        }
    }

    private void DeliverRetained(BrokerSubscription subscription, ref Routed routed)
    {
        List<uint>? identifiers = subscription.Identifier > 0 ? [subscription.Identifier] : null;
        foreach (var message in _retained.Values)
        {
            if (subscription.Filter.Matches(message.Topic))
                routed.Add(subscription.Session, message.Shaped(subscription.Qos.OrLess(message.QualityOfServiceLevel), retain: true, identifiers));
        }
    }
}

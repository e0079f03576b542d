using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Simulator.Broker;

/// <summary>What the matching filters of one session together say about the message at hand. Owned by the router, under its lock.</summary>
internal sealed class RoutingNote
{
    public bool IsChosen { get; private set; }

    public QualityOfService Qos { get; private set; }

    public bool RetainAsPublished { get; private set; }

    public List<uint>? Identifiers { get; private set; }

    /// <summary>Adds a filter that matches.</summary>
    /// <returns>Whether it is the first of this session.</returns>
    public bool Add(BrokerSubscription subscription)
    {
        var first = !IsChosen;
        IsChosen = true;
        Qos = subscription.Qos > Qos ? subscription.Qos : Qos;
        RetainAsPublished |= subscription.RetainAsPublished;
        if (subscription.Identifier > 0)
            (Identifiers ??= []).Add(subscription.Identifier);
        return first;
    }

    public void Clear()
    {
        IsChosen = false;
        Qos = QualityOfService.AtMostOnce;
        RetainAsPublished = false;
        Identifiers = null;
    }
}

using MQTTnet;

namespace Leda.Harness.Simulator.Broker;

/// <summary>What became of one message.</summary>
internal struct Routed
{
    /// <summary>How many sessions it was for.</summary>
    public int Receivers { get; private set; }

    /// <summary>Sessions whose queues grow long, or null for none.</summary>
    public List<BrokerSession>? Crowded { get; private set; }

    /// <summary>Deliveries that were lost because a queue is full, or null for none.</summary>
    public List<(BrokerSession Session, MqttApplicationMessage Message)>? Lost { get; private set; }

    /// <summary>Delivers to one session and notes how it went.</summary>
    public void Add(BrokerSession session, MqttApplicationMessage message)
    {
        Receivers++;
        var delivery = session.Deliver(message);
        if (delivery == BrokerSession.Delivery.Lost)
            (Lost ??= []).Add((session, message));
        else if (delivery == BrokerSession.Delivery.Crowded)
            (Crowded ??= []).Add(session);
    }
}

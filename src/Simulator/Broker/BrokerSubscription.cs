using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Simulator.Broker;

/// <summary>One filter of one session, with the options of MQTT 5 (section 3.8.3.1); compared by reference, as each is in the index once.</summary>
internal sealed class BrokerSubscription
{
    public required BrokerSession Session { get; init; }

    public required TopicFilter Filter { get; init; }

    public required QualityOfService Qos { get; init; }

    /// <summary>Whether the client does not want its own messages.</summary>
    public bool NoLocal { get; init; }

    /// <summary>Whether the retain flag comes through as the publisher set it.</summary>
    public bool RetainAsPublished { get; init; }

    /// <summary>The client's number for this subscription, or 0 for none.</summary>
    public uint Identifier { get; init; }
}

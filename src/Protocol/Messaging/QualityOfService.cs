namespace Leda.Harness.Protocol.Messaging;

/// <summary>How hard the bus tries to deliver a message (MQTT 3.1.1, section 4.3). The values are those on the wire.</summary>
public enum QualityOfService
{
    /// <summary>QoS 0: once or not at all.</summary>
    AtMostOnce = 0,

    /// <summary>QoS 1: acknowledged; may arrive twice.</summary>
    AtLeastOnce = 1,

    /// <summary>QoS 2: exactly once.</summary>
    ExactlyOnce = 2,
}

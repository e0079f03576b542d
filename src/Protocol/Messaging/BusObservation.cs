namespace Leda.Harness.Protocol.Messaging;

/// <summary>One thing that a broker saw, in the order in which it saw it.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="ClientId">Which client.</param>
/// <param name="Topic">The topic of a publish or overflow, the filter of a subscribe or unsubscribe, otherwise empty.</param>
/// <param name="Payload">The published bytes; the observer may keep them.</param>
/// <param name="Qos">The quality of service that the client asked for.</param>
/// <param name="Retain">Whether the published message is to be retained.</param>
/// <param name="Detail">More, for people: protocol version, reason of a disconnect. May be empty.</param>
public sealed record BusObservation(
    BusObservationKind Kind,
    string ClientId,
    string Topic = "",
    ReadOnlyMemory<byte> Payload = default,
    QualityOfService Qos = QualityOfService.AtMostOnce,
    bool Retain = false,
    string Detail = "");

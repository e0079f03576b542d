using System.Text;

namespace Leda.Harness.Protocol.Messaging;

/// <summary>One message on the bus.</summary>
/// <param name="Topic">Where it is published; no wildcards.</param>
/// <param name="Payload">The bytes; nobody may change them afterwards.</param>
/// <param name="Qos">Quality of service; default 1, as Kanto's agents publish.</param>
/// <param name="Retain">When published: keep it for later subscribers. When received: it was kept from before the subscription.</param>
public sealed record BusMessage(
    string Topic, ReadOnlyMemory<byte> Payload, QualityOfService Qos = QualityOfService.AtLeastOnce, bool Retain = false)
{
    /// <summary>The payload as text, for logs and tests; bytes that are no UTF-8 become replacement characters.</summary>
    public string Text => Encoding.UTF8.GetString(Payload.Span);

    /// <summary>A message with a text payload.</summary>
    public static BusMessage Of(
        string topic, string payload, QualityOfService qos = QualityOfService.AtLeastOnce, bool retain = false) =>
        new(topic, Encoding.UTF8.GetBytes(payload), qos, retain);
}

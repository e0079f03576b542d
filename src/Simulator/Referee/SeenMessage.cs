namespace Leda.Harness.Simulator.Referee;

/// <summary>A message as somebody saw it: on the bus, on a WebSocket, in a recording.</summary>
/// <param name="At">When; recordings without instants count the lines.</param>
/// <param name="Topic">The MQTT topic; empty for an envelope that travels without one, such as a twin's event.</param>
/// <param name="Payload">The bytes.</param>
public readonly record struct SeenMessage(DateTimeOffset At, string Topic, ReadOnlyMemory<byte> Payload)
{
    /// <summary>Who sent it, an MQTT client id for example; empty where nobody knows.</summary>
    public string Who { get; init; } = "";
}

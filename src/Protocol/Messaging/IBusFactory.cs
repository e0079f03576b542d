namespace Leda.Harness.Protocol.Messaging;

/// <summary>Makes clients of one bus: a broker's address, or an in-memory broker.</summary>
public interface IBusFactory
{
    /// <summary>A new client, not yet connected.</summary>
    IMessageBus Create(BusOptions options);
}

namespace Leda.Harness.Protocol.Messaging;

/// <summary>What happens to a client of the bus, in the order in which it happens.</summary>
public abstract record BusEvent
{
    private BusEvent()
    {
    }

    /// <summary>The client is connected, for the first time or again. Subscriptions of a clean session have to be made anew.</summary>
    /// <param name="SessionPresent">Whether the broker still had this client's session.</param>
    public sealed record Connected(bool SessionPresent) : BusEvent;

    /// <summary>The connection is gone. Unless <see cref="IMessageBus.DisconnectAsync"/> or <see cref="IMessageBus.AbortAsync"/> was the
    /// reason, the client connects again by itself.</summary>
    /// <param name="Reason">Why, for people.</param>
    public sealed record Disconnected(string Reason) : BusEvent;

    /// <summary>A message arrived.</summary>
    /// <param name="Message">The message, with the quality of service of its delivery.</param>
    public sealed record Received(BusMessage Message) : BusEvent;
}

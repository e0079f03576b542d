namespace Leda.Harness.Protocol.Messaging;

/// <summary>Sees everything that passes a broker, whoever sent it, before it is delivered.</summary>
public interface IBusTap
{
    /// <summary>Takes one observation. The broker waits for it before it goes on, so that a full journal slows the sender instead of losing anything.</summary>
    ValueTask ObserveAsync(BusObservation observation);
}

namespace Leda.Harness.Simulator.Signals;

/// <summary>Listens to the cloud.</summary>
public interface ISignalSubscriber
{
    /// <summary>Takes a signal. It is called by whoever caused the signal, one at a time for each thing, and must not wait: what cannot be
    /// handled at once is put into a queue with a bound that can be seen.</summary>
    void Take(Signal signal);

    /// <summary>Completes when there is room for more; who causes signals waits for it beforehand.</summary>
    ValueTask RoomAsync() => ValueTask.CompletedTask;
}

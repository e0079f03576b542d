namespace Leda.Harness.Device.Engines;

/// <summary>A process that was started.</summary>
public interface IContainerProcess
{
    /// <summary>The process id.</summary>
    int Pid { get; }

    /// <summary>Completes with the exit code when the process ends, for whatever reason; never fails.</summary>
    Task<int> Exited { get; }

    /// <summary>Sends a signal. Whether and when the process obeys is its own affair; see <see cref="Exited"/>.</summary>
    Task SignalAsync(Signal signal);
}

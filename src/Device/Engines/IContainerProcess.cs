namespace Leda.Harness.Device.Engines;

/// <summary>A process that was started. Its owner calls one method at a time.</summary>
public interface IContainerProcess
{
    /// <summary>The process id.</summary>
    int Pid { get; }

    /// <summary>Completes with the exit code when the process ends, for whatever reason; never fails.</summary>
    Task<int> Exited { get; }

    /// <summary>Sends a signal. Whether and when the process obeys is its own affair; see <see cref="Exited"/>.</summary>
    Task SignalAsync(Signal signal);

    /// <summary>Freezes the process: it gets no signal but SIGKILL until <see cref="ResumeAsync"/>.</summary>
    /// <exception cref="EngineException">It cannot be frozen.</exception>
    Task PauseAsync();

    /// <summary>Lets a frozen process go on; signals that came meanwhile take effect.</summary>
    /// <exception cref="EngineException">It cannot go on.</exception>
    Task ResumeAsync();
}

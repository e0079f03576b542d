using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Engines;

/// <summary>A process that was started. Its owner calls one method at a time, but <see cref="MeasureAsync"/> at any time.</summary>
public interface IContainerProcess
{
    /// <summary>The process id.</summary>
    int Pid { get; }

    /// <summary>Completes when the process ends, for whatever reason; never fails.</summary>
    Task<ProcessExit> Exited { get; }

    /// <summary>Sends a signal. Whether and when the process obeys is its own affair; see <see cref="Exited"/>.</summary>
    Task SignalAsync(Signal signal);

    /// <summary>Freezes the process: it gets no signal but SIGKILL until <see cref="ResumeAsync"/>.</summary>
    /// <exception cref="EngineException">It cannot be frozen.</exception>
    Task PauseAsync();

    /// <summary>Lets a frozen process go on; signals that came meanwhile take effect.</summary>
    /// <exception cref="EngineException">It cannot go on.</exception>
    Task ResumeAsync();

    /// <summary>Gives the running process other limits.</summary>
    /// <param name="limits">The new limits, all of them; <see langword="null"/> takes all away.</param>
    /// <exception cref="EngineException">They cannot be applied.</exception>
    Task LimitAsync(Resources? limits);

    /// <summary>What it uses now; <see langword="null"/> if that cannot be told, for example because it has just ended.</summary>
    Task<ResourceUsage?> MeasureAsync();
}

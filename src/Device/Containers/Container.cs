using Leda.Harness.Device.Engines;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Containers;

/// <summary>
/// One container as it was at one moment. Nothing changes it afterwards, so that whoever publishes it later publishes that moment
/// (the original publishes the live object and sometimes shows a later state, <c>kanto-container-management.md</c> 4).
/// </summary>
public sealed record Container
{
    /// <summary>The id, a lower-case UUID version 4.</summary>
    public required string Id { get; init; }

    /// <summary>The name; its id unless someone chose one. Not unique.</summary>
    public required string Name { get; init; }

    /// <summary>The image reference exactly as it was given.</summary>
    public required string ImageRef { get; init; }

    /// <summary>How it is run, all defaults filled in (5.5).</summary>
    public required ContainerConfig Config { get; init; }

    /// <summary>What its document says and its twin does not show.</summary>
    internal ContainerInternals Internals { get; init; } = ContainerInternals.None;

    /// <summary>What it does.</summary>
    public required ContainerState State { get; init; }

    /// <summary>When it was created, RFC 3339 in UTC.</summary>
    public required string CreatedAt { get; init; }

    /// <summary>Whether someone stopped it, as opposed to the device shutting down; <c>UNLESS_STOPPED</c> looks at this.</summary>
    public bool ManuallyStopped { get; init; }

    /// <summary>Whether it ever ran; only such a container is started when the device starts (5.6).</summary>
    public bool StartedSuccessfullyBefore { get; init; }

    /// <summary>Automatic restarts since somebody started it; <c>ON_FAILURE</c> counts them.</summary>
    public int RestartCount { get; init; }

    /// <summary>Whether it has a process, running or frozen.</summary>
    public bool HasProcess => State.Status is ContainerState.Running or ContainerState.Paused;

    /// <summary>Whether it uses the machine's network as if it were no container.</summary>
    internal bool SharesNetwork => Config.NetworkMode == "HOST";

    /// <summary>The container as its feature's <c>status</c> property shows it (3.2.1).</summary>
    public ContainerStatus ToStatus() =>
        new() { Name = Name, ImageRef = ImageRef, Config = Config, CreatedAt = CreatedAt, State = State };

    /// <summary>Started: a process with a new start time and no trace of the last run but its end.</summary>
    internal Container Running(int pid, DateTimeOffset at) => this with
    {
        StartedSuccessfullyBefore = true,
        ManuallyStopped = false,
        State = State with
        {
            Status = ContainerState.Running,
            Pid = pid,
            Error = null,
            ExitCode = 0,
            OomKilled = false,
            StartedAt = Rfc3339.Format(at),
        },
    };

    /// <summary>Its process ended by itself.</summary>
    internal Container Exited(ProcessExit exit, DateTimeOffset at) => Ended(ContainerState.Exited, exit, at, exit.OomKilled);

    /// <summary>Its process was stopped, or could not be started. That it once ran out of memory stays told (5.1).</summary>
    internal Container Stopped(ProcessExit exit, DateTimeOffset at) =>
        Ended(ContainerState.Stopped, exit, at, exit.OomKilled || State.OomKilled);

    /// <summary>Another status and all else as it is: frozen, going on, or dead with pid and times of the last run, as in the original (4).</summary>
    internal Container With(string status) => this with { State = State with { Status = status } };

    private Container Ended(string status, ProcessExit exit, DateTimeOffset at, bool oomKilled) => this with
    {
        State = State with
        {
            Status = status,
            Pid = NoProcess,
            Error = exit.Error ?? (exit.OomKilled ? "OOM Killed" : null),
            ExitCode = exit.Code,
            OomKilled = oomKilled,
            FinishedAt = Rfc3339.Format(at),
        },
    };

    /// <summary>The pid on the wire when there is no process.</summary>
    internal const int NoProcess = -1;
}

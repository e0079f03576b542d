using Leda.Harness.Device.Engines;

namespace Leda.Harness.Device.Containers;

/// <summary>One run of a container: a process from its start to its end.</summary>
internal sealed class ContainerRun
{
    private readonly TimeProvider _time;

    public ContainerRun(IContainerProcess process, TimeProvider time)
    {
        _time = time;
        Process = process;
        StartedAt = time.GetUtcNow();
        End = EndAsync();
    }

    public IContainerProcess Process { get; }

    public DateTimeOffset StartedAt { get; }

    /// <summary>How it ended, once the process ended. Seen from our own context: to wait for an engine's task with a time limit would
    /// leave it.</summary>
    public Task<ProcessExit> End { get; }

    public TimeSpan Length => _time.GetUtcNow() - StartedAt;

    /// <summary>Ends the process as planned and tells how it ended, or <see langword="null"/> if it goes on.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="hurry">Shortens the first wait; what is killed has its time.</param>
    public async Task<ProcessExit?> EndAsync(StopPlan plan, CancellationToken hurry) =>
        await EndAsync(plan.Signal, plan.Patience, hurry)
        ?? (plan.Force ? await EndAsync(Signal.Kill, plan.Patience, CancellationToken.None) : null);

    private async Task<ProcessExit?> EndAsync(Signal signal, TimeSpan patience, CancellationToken hurry)
    {
        await Process.SignalAsync(signal);
        try
        {
            return await End.WaitAsync(patience, _time, hurry);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<ProcessExit> EndAsync() => await Process.Exited;
}

using Leda.Harness.Device.Containers;
using Leda.Harness.Protocol;

namespace Leda.Harness.Device.Engines.Simulated;

/// <summary>
/// Containers without containers, by the given clock and chance alone: the same again from the same seed. A container does what its
/// environment (<see cref="BehaviourReader"/>) and its command line (<see cref="ShellParser"/>) say. One that says nothing that is
/// understood starts at once, runs until a signal tells it to end, and then ends at once, with code 0 as the recorded stand-ins do, or 137
/// on SIGKILL. Every image exists but those of <see cref="SimulatedImages"/>.
/// </summary>
/// <param name="ids">Where the pids start.</param>
/// <param name="time">The clock.</param>
public sealed class SimulatedEngine(IdSource ids, TimeProvider time) : IContainerEngine
{
    // As on a Linux that has been up for a while: pids below 32768, never the same one twice in a row of a few thousand.
    private const int FirstPid = 1000;
    private const int Pids = 32768 - FirstPid;
    private const int Step = 37;

    private readonly SimulatedImages _images = new(time);
    private readonly SimulatedMachine _machine = new(time);
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, SimulatedProcess?> _containers = new(StringComparer.Ordinal);
    private readonly int _offset = ids.Next(0, Pids);
    private uint _started;

    /// <inheritdoc/>
    public async Task PrepareAsync(Container container, CancellationToken cancellationToken = default)
    {
        await _images.PullAsync(container.ImageRef, BehaviourReader.Read(container.Config.Env ?? []), cancellationToken);
        lock (_gate)
            _containers[container.Id] = null;
    }

    /// <inheritdoc/>
    public Task<IContainerProcess> StartAsync(Container container, IContainerLog log, CancellationToken cancellationToken = default)
    {
        var told = BehaviourReader.Read(container.Config.Env ?? []);
        if (told.StartError is { } problem)
            throw new EngineException(problem);
        lock (_gate)
        {
            var pid = FirstPid + (int)((_offset + (Step * (long)++_started)) % Pids);
            var process = new SimulatedProcess(pid, container, told, _machine, time, log);
            _containers[container.Id] = process;
            return Task.FromResult<IContainerProcess>(process);
        }
    }

    /// <inheritdoc/>
    /// <returns>Nothing: simulated processes end with the device.</returns>
    public Task<IContainerProcess?> AttachAsync(Container container, IContainerLog log, CancellationToken cancellationToken = default) =>
        Task.FromResult<IContainerProcess?>(null);

    /// <inheritdoc/>
    public Task RemoveAsync(string containerId, CancellationToken cancellationToken = default)
    {
        SimulatedProcess? process;
        lock (_gate)
            _containers.Remove(containerId, out process);
        return process?.SignalAsync(Signal.Kill) ?? Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyCollection<string>> ListAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
            return Task.FromResult<IReadOnlyCollection<string>>([.. _containers.Keys]);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            foreach (var process in _containers.Values)
                process?.Abandon();
        }

        return ValueTask.CompletedTask;
    }
}

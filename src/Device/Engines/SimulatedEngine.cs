using Leda.Harness.Device.Containers;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Engines;

/// <summary>
/// Containers without containers: a process that starts at once, runs until a signal tells it to end, and then ends at once, with code 0
/// as the recorded stand-ins do, or 137 on SIGKILL. Equal seeds give equal pids.
/// </summary>
/// <param name="ids">Where the pids start.</param>
public sealed class SimulatedEngine(IdSource ids) : IContainerEngine
{
    // As on a Linux that has been up for a while: pids below 32768, never the same one twice in a row of a few thousand.
    private const int FirstPid = 1000;
    private const int Pids = 32768 - FirstPid;
    private const int Step = 37;

    private readonly int _offset = ids.Next(0, Pids);
    private int _started;

    /// <inheritdoc/>
    public Task PrepareAsync(Container container, CancellationToken cancellationToken = default) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<IContainerProcess> StartAsync(Container container, IContainerLog log, CancellationToken cancellationToken = default)
    {
        var count = (uint)Interlocked.Increment(ref _started);
        var pid = FirstPid + (int)((_offset + (Step * (long)count)) % Pids);
        return Task.FromResult<IContainerProcess>(new Process(pid));
    }

    /// <inheritdoc/>
    /// <returns>Nothing: simulated processes end with the device.</returns>
    public Task<IContainerProcess?> AttachAsync(Container container, IContainerLog log, CancellationToken cancellationToken = default) =>
        Task.FromResult<IContainerProcess?>(null);

    /// <inheritdoc/>
    public Task RemoveAsync(string containerId, CancellationToken cancellationToken = default) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<IReadOnlyCollection<string>> ListAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyCollection<string>>([]);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Process(int pid) : IContainerProcess
    {
        private readonly TaskCompletionSource<ProcessExit> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private bool _frozen;
        private bool _toldToEnd;

        public int Pid => pid;

        public Task<ProcessExit> Exited => _exited.Task;

        public Task SignalAsync(Signal signal)
        {
            if (signal == Signal.Kill)
                _exited.TrySetResult(new ProcessExit(128 + Signal.Kill.Number));
            _toldToEnd = true;
            return GoOnAsync();
        }

        public Task PauseAsync()
        {
            _frozen = true;
            return Task.CompletedTask;
        }

        public Task ResumeAsync()
        {
            _frozen = false;
            return GoOnAsync();
        }

        public Task LimitAsync(Resources? limits) => Task.CompletedTask;

        public Task<ResourceUsage?> MeasureAsync() => Task.FromResult<ResourceUsage?>(null);

        private Task GoOnAsync()
        {
            if (_toldToEnd && !_frozen)
                _exited.TrySetResult(new ProcessExit(0));
            return Task.CompletedTask;
        }
    }
}

using Leda.Harness.Device.Containers;
using Leda.Harness.Protocol;

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
    public Task<IContainerProcess> StartAsync(Container container, CancellationToken cancellationToken = default)
    {
        var count = (uint)Interlocked.Increment(ref _started);
        var pid = FirstPid + (int)((_offset + (Step * (long)count)) % Pids);
        return Task.FromResult<IContainerProcess>(new Process(pid));
    }

    private sealed class Process(int pid) : IContainerProcess
    {
        private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private bool _frozen;
        private bool _toldToEnd;

        public int Pid => pid;

        public Task<int> Exited => _exited.Task;

        public Task SignalAsync(Signal signal)
        {
            if (signal == Signal.Kill)
                _exited.TrySetResult(128 + Signal.Kill.Number);
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

        private Task GoOnAsync()
        {
            if (_toldToEnd && !_frozen)
                _exited.TrySetResult(0);
            return Task.CompletedTask;
        }
    }
}

using Leda.Harness.Device.Containers;
using Leda.Harness.Protocol;

namespace Leda.Harness.Device.Engines;

/// <summary>
/// Containers without containers: a process that starts at once, runs until it is told to end, and then ends at once, with code 0 on
/// SIGTERM as the recorded stand-ins do and 137 on SIGKILL. Equal seeds give equal pids.
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

        public int Pid => pid;

        public Task<int> Exited => _exited.Task;

        public Task SignalAsync(Signal signal)
        {
            _exited.TrySetResult(signal == Signal.Kill ? 128 + (int)Signal.Kill : 0);
            return Task.CompletedTask;
        }
    }
}

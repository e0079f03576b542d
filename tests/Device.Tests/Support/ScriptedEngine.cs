using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Engines;

namespace Leda.Harness.Device.Tests.Support;

/// <summary>An engine whose processes do what the test says.</summary>
internal sealed class ScriptedEngine : IContainerEngine
{
    /// <summary>All processes that were started, in order.</summary>
    public List<ScriptedProcess> Processes { get; } = [];

    /// <summary>What the next starts fail with; null lets them succeed.</summary>
    public string? StartFailure { get; set; }

    /// <summary>The signals that processes started from now on obey, with the exit code each gives.</summary>
    public Dictionary<Signal, int> Obeys { get; set; } = new() { [Signal.Terminate] = 0, [Signal.Kill] = 137 };

    /// <summary>From now on all processes obey, so that the device can be stopped.</summary>
    public void Relent() => Obeys[Signal.Terminate] = 0;

    public Task<IContainerProcess> StartAsync(Container container, CancellationToken cancellationToken = default)
    {
        if (StartFailure is not null)
            throw new EngineException(StartFailure);
        var process = new ScriptedProcess(1000 + Processes.Count, Obeys);
        Processes.Add(process);
        return Task.FromResult<IContainerProcess>(process);
    }
}

internal sealed class ScriptedProcess(int pid, Dictionary<Signal, int> obeys) : IContainerProcess
{
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Pid => pid;

    public Task<int> Exited => _exited.Task;

    public List<Signal> Signals { get; } = [];

    public void Exit(int code) => _exited.TrySetResult(code);

    public Task PauseAsync() => Task.CompletedTask;

    public Task ResumeAsync() => Task.CompletedTask;

    public Task SignalAsync(Signal signal)
    {
        Signals.Add(signal);
        if (obeys.TryGetValue(signal, out var code))
            Exit(code);
        return Task.CompletedTask;
    }
}

using System.Text;
using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Engines;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Tests.Support;

/// <summary>An engine whose processes do what the test says.</summary>
internal sealed class ScriptedEngine : IContainerEngine
{
    /// <summary>All processes that were started, in order.</summary>
    public List<ScriptedProcess> Processes { get; } = [];

    /// <summary>What the next starts fail with; null lets them succeed.</summary>
    public string? StartFailure { get; set; }

    /// <summary>Whether it is for want of a network that they fail.</summary>
    public bool StartFailureIsOfNetwork { get; set; }

    /// <summary>The signals that processes started from now on obey, with the exit code each gives.</summary>
    public Dictionary<Signal, int> Obeys { get; set; } = new() { [Signal.Terminate] = 0, [Signal.Kill] = 137 };

    /// <summary>What each process writes when it starts, line by line.</summary>
    public IReadOnlyList<string> Says { get; set; } = [];

    /// <summary>From now on all processes obey, so that the device can be stopped.</summary>
    public void Relent() => Obeys[Signal.Terminate] = 0;

    /// <summary>What creating a container fails with; null lets it succeed.</summary>
    public string? PrepareFailure { get; set; }

    /// <summary>The images that cannot be had, and what creating a container from them fails with.</summary>
    public IReadOnlyDictionary<string, string> Unavailable { get; init; } = new Dictionary<string, string>();

    /// <summary>While this is not completed, images are being pulled.</summary>
    public TaskCompletionSource? Pulling { get; init; }

    /// <summary>Whether it goes on pulling when it is told to give up, as it may if it is nearly done.</summary>
    public bool IsDeaf { get; init; }

    /// <summary>The containers that this engine has.</summary>
    public HashSet<string> Prepared { get; } = new(StringComparer.Ordinal);

    /// <summary>Where the last process of each container writes.</summary>
    public Dictionary<string, IContainerLog> Logs { get; } = new(StringComparer.Ordinal);

    /// <summary>The processes that are found again, by container.</summary>
    public Dictionary<string, ScriptedProcess> Survivors { get; } = new(StringComparer.Ordinal);

    public async Task PrepareAsync(Container container, CancellationToken cancellationToken = default)
    {
        if (Pulling is { } pulling)
        {
            await using var given = cancellationToken.Register(() => _ = !IsDeaf && pulling.TrySetCanceled(cancellationToken));
            await pulling.Task;
        }

        if ((PrepareFailure ?? Unavailable.GetValueOrDefault(container.ImageRef)) is { } failure)
            throw new EngineException(failure);
        Prepared.Add(container.Id);
    }

    public Task<IContainerProcess?> AttachAsync(Container container, IContainerLog log, CancellationToken cancellationToken = default) =>
        Task.FromResult<IContainerProcess?>(Survivors.GetValueOrDefault(container.Id));

    public Task RemoveAsync(string containerId, CancellationToken cancellationToken = default)
    {
        Prepared.Remove(containerId);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyCollection<string>> ListAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyCollection<string>>([.. Prepared]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public Task<IContainerProcess> StartAsync(Container container, IContainerLog log, CancellationToken cancellationToken = default)
    {
        if (StartFailure is not null)
            throw new EngineException(StartFailure) { IsOfNetwork = StartFailureIsOfNetwork };
        Logs[container.Id] = log;
        var process = new ScriptedProcess(1000 + Processes.Count, Obeys);
        Processes.Add(process);
        foreach (var line in Says)
            log.Write("stdout", Encoding.UTF8.GetBytes($"{line}\n"));
        return Task.FromResult<IContainerProcess>(process);
    }
}

internal sealed class ScriptedProcess(int pid, Dictionary<Signal, int> obeys) : IContainerProcess
{
    private readonly TaskCompletionSource<ProcessExit> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Pid => pid;

    public Task<ProcessExit> Exited => _exited.Task;

    public List<Signal> Signals { get; } = [];

    /// <summary>How it is measured; nothing can be told unless the test says something.</summary>
    public Func<Task<ResourceUsage?>> Measuring { get; set; } = () => Task.FromResult<ResourceUsage?>(null);

    /// <summary>The limits that it was given last while it ran.</summary>
    public Resources? Limits { get; private set; }

    public void Exit(int code) => Exit(new ProcessExit(code));

    public void Exit(ProcessExit exit) => _exited.TrySetResult(exit);

    public Task LimitAsync(Resources? limits)
    {
        Limits = limits;
        return Task.CompletedTask;
    }

    public Task<ResourceUsage?> MeasureAsync() => Measuring();

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

using Leda.Harness.Device.Engines;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Containers;

/// <summary>
/// The owner of one container: its state, its process and its automatic restarts. What it is told happens in order; a container that is
/// slow to stop delays nobody but itself (<c>kanto-container-management.md</c> 5.1, 5.6, 5.7).
/// </summary>
internal sealed class ContainerSupervisor : IAsyncDisposable
{
    /// <summary>How long a container may take to obey SIGTERM: the original's <c>default_ctrs_stop_timeout</c>.</summary>
    public static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The same while the device shuts down, which is to take seconds.</summary>
    public static readonly TimeSpan ShutDownTimeout = TimeSpan.FromSeconds(2);

    /// <summary>What containerd reports when it does not know how a process ended.</summary>
    private const int UnknownExitCode = 255;

    private readonly Surroundings _around;
    private readonly Mailbox _mailbox;
    private readonly CancellationTokenSource _closing = new();
    private Container _container;
    private IContainerProcess? _process;
    private Task<int>? _end;
    private DateTimeOffset _startedAt;
    private TimeSpan _pause;
    private CancellationTokenSource _restart = new();

    /// <param name="container">The container.</param>
    /// <param name="number">Its place among all containers, oldest first.</param>
    /// <param name="around">What it needs.</param>
    public ContainerSupervisor(Container container, int number, Surroundings around)
    {
        Number = number;
        _container = container;
        _around = around;
        _mailbox = new Mailbox(around.Log);
    }

    /// <summary>What all supervisors share.</summary>
    /// <param name="Engine">Runs the processes.</param>
    /// <param name="Store">Keeps the state.</param>
    /// <param name="Raise">Is told what happened; awaited, so that order is kept.</param>
    /// <param name="Time">The clock.</param>
    /// <param name="Log">For people.</param>
    public sealed record Surroundings(
        IContainerEngine Engine, ContainerStore Store, Func<ContainerEvent, ValueTask> Raise, TimeProvider Time, Action<string> Log);

    /// <summary>Its place among all containers, oldest first.</summary>
    public int Number { get; }

    /// <summary>The container as it is now.</summary>
    public Container Container => Volatile.Read(ref _container);

    /// <summary>After the device started: what was lost is noticed, what must run is started; then it is announced as it is.</summary>
    public Task RestoreAsync() => _mailbox.AskAsync(async () =>
    {
        if (_container.HasProcess)
            Set(_container.Ended(ContainerState.Exited, UnknownExitCode, Now, "the process was lost while the device was down"));
        if (_container.StartedSuccessfullyBefore && RestartRules.WantsRestart(_container))
            Set(await LaunchAsync(_container with { RestartCount = 0 }));
        await _around.Raise(new ContainerEvent(ContainerEventKind.Restored, _container));
    });

    /// <summary>Starts it because someone wants it to run.</summary>
    public Task StartAsync() => _mailbox.AskAsync(async () =>
    {
        if (Refusal(_container.State.Status) is { } refusal)
            throw new ContainerException($"the container with id = {_container.Id} is {refusal}");
        CancelRestart();
        _pause = TimeSpan.Zero;
        await RunAsync(_container with { RestartCount = 0 });
        if (_container.State.Error is { } error)
            throw new ContainerException(error);

        static string? Refusal(string status) => status switch
        {
            ContainerState.Running => "already running",
            ContainerState.Paused => "paused - cannot start it, resume it instead",
            ContainerState.Dead => "dead - cannot start it",
            _ => null,
        };
    });

    /// <summary>Stops it because someone wants it to stop; never by force.</summary>
    public Task StopAsync() => _mailbox.AskAsync(async () =>
    {
        var state = _container.State.Status;
        if (_process is null)
            throw new ContainerException($"cannot perform stop operation for container: {_container.Id}, with state: {state[0]}{state[1..].ToLowerInvariant()}");
        if (await EndAsync(_process, Signal.Terminate, StopTimeout, _closing.Token) is not { } exitCode)
            throw new ContainerException($"could not stop container with ID = {_container.Id} with SIGTERM");
        await ChangeAsync(
            ContainerEventKind.Stopped, _container.Ended(ContainerState.Stopped, exitCode, Now) with { ManuallyStopped = true });
        RestartIfWanted();
    });

    /// <summary>Removes it, and its process first if <paramref name="force"/> says so. Afterwards this supervisor is good for nothing.</summary>
    public Task RemoveAsync(bool force) => _mailbox.AskAsync(async () =>
    {
        if (_container.State.Status == ContainerState.Dead)
            return;
        if (_process is not null && !force)
            throw new ContainerException($"container with id = {_container.Id} is not stopped - must set the force flag to true to remove it");
        if (_process is not null && await ForceEndAsync(_process, StopTimeout, _closing.Token) is null)
            throw new ContainerException($"could not kill container with ID = {_container.Id}");
        CancelRestart();
        OnDisk(() => _around.Store.Delete(_container.Id));
        Volatile.Write(ref _container, _container.Dead());
        await _around.Raise(new ContainerEvent(ContainerEventKind.Removed, _container));
    });

    /// <summary>Gives it another name; an empty one or its own changes nothing.</summary>
    public Task RenameAsync(string? name) => _mailbox.AskAsync(async () =>
    {
        if (string.IsNullOrEmpty(name) || name == _container.Name)
            return;
        if (ContainerValidation.CheckName(name) is { } problem)
            throw new ContainerException(problem);
        await ChangeAsync(ContainerEventKind.Renamed, _container with { Name = name });
    });

    /// <summary>Stops it because the device shuts down: within seconds, by force if need be, and not for good.</summary>
    public async Task ShutDownAsync()
    {
        _closing.Cancel();
        await _mailbox.AskAsync(async () =>
        {
            CancelRestart();
            if (_process is null)
                return;
            if (await ForceEndAsync(_process, ShutDownTimeout, CancellationToken.None) is { } exitCode)
                await ChangeAsync(ContainerEventKind.Stopped, _container.Ended(ContainerState.Stopped, exitCode, Now));
            else
                _around.Log($"container {_container.Id} survived SIGKILL; it is left behind");
        });
    }

    public async ValueTask DisposeAsync()
    {
        _closing.Cancel();
        await _mailbox.DisposeAsync();
        _restart.Dispose();
        _closing.Dispose();
    }

    private DateTimeOffset Now => _around.Time.GetUtcNow();

    private async Task RunAsync(Container container)
    {
        var launched = await LaunchAsync(container);
        await ChangeAsync(launched.HasProcess ? ContainerEventKind.Running : ContainerEventKind.Stopped, launched);
    }

    /// <summary>The container with a process, or stopped with the reason why it has none.</summary>
    private async Task<Container> LaunchAsync(Container container)
    {
        try
        {
            _process = await _around.Engine.StartAsync(container, _closing.Token);
        }
        catch (EngineException e)
        {
            _around.Log($"container {container.Id} cannot be started: {e.Message}");
            return container.Ended(ContainerState.Stopped, container.State.ExitCode, Now, e.Message);
        }

        _startedAt = Now;
        _end = EndOfAsync(_process);
        _ = WatchAsync(_process, _end);
        return container.Running(_process.Pid, _startedAt);
    }

    /// <summary>The process's end, seen from our own context: waiting for an engine's task with a time limit would leave it.</summary>
    private static async Task<int> EndOfAsync(IContainerProcess process) => await process.Exited;

    private async Task WatchAsync(IContainerProcess process, Task<int> end)
    {
        var exitCode = await end;

        // Whoever closes this supervisor ends the process too, and tells it.
        if (!_closing.IsCancellationRequested)
            await _mailbox.PostAsync(() => ExitedAsync(process, exitCode));
    }

    private async Task ExitedAsync(IContainerProcess process, int exitCode)
    {
        // Stopped or removed meanwhile: its end has been told.
        if (!ReferenceEquals(_process, process))
            return;
        _process = null;
        await ChangeAsync(ContainerEventKind.Exited, _container.Ended(ContainerState.Exited, exitCode, Now));
        RestartIfWanted();
    }

    private async Task<int?> ForceEndAsync(IContainerProcess process, TimeSpan patience, CancellationToken hurry) =>
        await EndAsync(process, Signal.Terminate, patience, hurry) ?? await EndAsync(process, Signal.Kill, patience, CancellationToken.None);

    /// <summary>The exit code, or <see langword="null"/> if the process does not obey in time.</summary>
    private async Task<int?> EndAsync(IContainerProcess process, Signal signal, TimeSpan patience, CancellationToken hurry)
    {
        await process.SignalAsync(signal);
        try
        {
            var exitCode = await _end!.WaitAsync(patience, _around.Time, hurry);
            _process = null;
            return exitCode;
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            return null;
        }
    }

    private void RestartIfWanted()
    {
        if (_closing.IsCancellationRequested || !RestartRules.WantsRestart(_container))
            return;
        _pause = RestartRules.Pause(_container.Config.RestartPolicy, _pause, Now - _startedAt);
        CancelRestart();
        _restart = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        _ = RestartAsync(_pause, _restart.Token);
    }

    private async Task RestartAsync(TimeSpan pause, CancellationToken cancelled)
    {
        try
        {
            await Task.Delay(pause, _around.Time, cancelled);
            await _mailbox.PostAsync(() => cancelled.IsCancellationRequested
                ? Task.CompletedTask
                : RunAsync(_container with { RestartCount = _container.RestartCount + 1 }));
        }
        catch (OperationCanceledException)
        {
            // Started by hand, removed, or the device shuts down.
        }
    }

    private void CancelRestart()
    {
        _restart.Cancel();
        _restart.Dispose();
        _restart = new CancellationTokenSource();
    }

    private async Task ChangeAsync(ContainerEventKind kind, Container container)
    {
        Set(container);
        await _around.Raise(new ContainerEvent(kind, container));
    }

    private void Set(Container container)
    {
        Volatile.Write(ref _container, container);
        OnDisk(() => _around.Store.Save(container));
    }

    /// <summary>A full disk must not stop a vehicle's containers: what could not be written is said, and life goes on.</summary>
    private void OnDisk(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _around.Log($"the state of container {_container.Id} could not be written and is not what a restart will find: {e.Message}");
        }
    }
}

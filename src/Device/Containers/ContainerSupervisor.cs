using Leda.Harness.Device.Engines;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Containers;

/// <summary>
/// The owner of one container: its state, its process and its automatic restarts. What it is told happens in order; a container that is
/// slow to stop delays nobody but itself (<c>kanto-container-management.md</c> 5.1, 5.6, 5.7).
/// </summary>
internal sealed class ContainerSupervisor : IAsyncDisposable
{
    /// <summary>How long a container may take to end while the device shuts down, which is to take seconds.</summary>
    private static readonly TimeSpan _shutDownPatience = TimeSpan.FromSeconds(2);

    /// <summary>What containerd reports when it does not know how a process ended.</summary>
    private const int UnknownExitCode = 255;

    private readonly Surroundings _around;
    private readonly Mailbox _mailbox;
    private readonly RestartTimer _restart;
    private readonly CancellationTokenSource _closing = new();
    private Container _container;
    private ContainerRun? _run;

    /// <param name="container">The container.</param>
    /// <param name="number">Its place among all containers, oldest first.</param>
    /// <param name="around">What it needs.</param>
    public ContainerSupervisor(Container container, int number, Surroundings around)
    {
        Number = number;
        _container = container;
        _around = around;
        _mailbox = new Mailbox(around.Log);
        _restart = new RestartTimer(around.Time, cancelled => _mailbox.PostAsync(() => RestartAsync(cancelled)));
        Log = ContainerLog.Of(container, around.Store.HomeOf(container.Id), around.Time, around.Log);
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

    /// <summary>What it wrote, all its runs one after the other.</summary>
    public ContainerLog Log { get; }

    private string Id => _container.Id;

    private DateTimeOffset Now => _around.Time.GetUtcNow();

    /// <summary>After the device started: what was lost is noticed, what must run is started; then it is announced as it is.</summary>
    public Task RestoreAsync() => _mailbox.AskAsync(async () =>
    {
        await ReattachAsync();
        if (!_container.HasProcess && _container.StartedSuccessfullyBefore && RestartRules.WantsRestart(_container))
            Set(await LaunchUnaskedAsync(_container with { RestartCount = 0 }));
        await _around.Raise(new ContainerEvent(ContainerEventKind.Restored, _container));
    });

    /// <summary>Starts it because someone wants it to run.</summary>
    public Task StartAsync() => _mailbox.AskAsync(async () =>
    {
        var refusal = _container.State.Status switch
        {
            ContainerState.Running => "already running",
            ContainerState.Paused => "paused - cannot start it",
            ContainerState.Dead => "dead - cannot start it",
            _ => null,
        };
        if (refusal is not null)
            throw new ContainerException($"the container with id = {Id} is {refusal}");
        if (_restart.IsPending)
        {
            // The original's restart manager tells how its wait ended (4).
            var given = new ProcessExit((int)_container.State.ExitCode, Error: "container's restart manager is canceled");
            await ChangeAsync(ContainerEventKind.Stopped, _container.Stopped(given, Now));
        }

        _restart.Reset();
        try
        {
            await RunAsync(_container with { RestartCount = 0 });
        }
        catch (EngineException e)
        {
            throw new ContainerException(e.Message);
        }

        if (_container.State.Error is { } error)
            throw new ContainerException(error);
    });

    /// <summary>Stops it because someone wants it to stop.</summary>
    public Task StopAsync(StopPlan plan) => _mailbox.AskAsync(async () =>
    {
        if (_run is not { } run)
            throw new ContainerException($"cannot perform stop operation for container: {Id}, with state: {Title(_container.State.Status)}");
        if (await EndAsync(run, plan, _closing.Token) is not { } exit)
            throw new ContainerException($"could not stop container with ID = {Id} with {(plan.Force ? Signal.Kill : plan.Signal)}");
        await ChangeAsync(
            ContainerEventKind.Stopped, _container.Stopped(exit, Now) with { ManuallyStopped = true });
        RestartIfWanted(run.Length);
    });

    /// <summary>Freezes its process.</summary>
    public Task PauseAsync() => _mailbox.AskAsync(async () =>
    {
        if (_run is null || _container.State.Status != ContainerState.Running)
            throw new ContainerException($"container with id = {Id} is not running - cannot pause it");
        await _run.Process.PauseAsync();
        await ChangeAsync(ContainerEventKind.Paused, _container.With(ContainerState.Paused));
    });

    /// <summary>Lets its frozen process go on.</summary>
    public Task ResumeAsync() => _mailbox.AskAsync(async () =>
    {
        if (_run is null || _container.State.Status != ContainerState.Paused)
            throw new ContainerException($"container id = {Id} is not paused - cannot unpause it ");
        await _run.Process.ResumeAsync();
        await ChangeAsync(ContainerEventKind.Resumed, _container.With(ContainerState.Running));
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

    /// <summary>Gives it another restart policy and other limits. A new policy is asked at once whether a container that ended is to run.</summary>
    public Task UpdateAsync(UpdateArguments changes) => _mailbox.AskAsync(async () =>
    {
        var config = ContainerDefaults.Update(_container.Config, changes);
        if (ContainerValidation.CheckUpdate(config) is { } problem)
            throw new ContainerException(problem);
        var before = _container.Config;
        if (config == before)
            return;
        if (_run is { } run && config.Resources != before.Resources)
            await run.Process.LimitAsync(config.Resources);
        await ChangeAsync(ContainerEventKind.Updated, _container with { Config = config });
        if (config.RestartPolicy != before.RestartPolicy && _container.State.Status is ContainerState.Stopped or ContainerState.Exited)
            RestartIfWanted(TimeSpan.Zero);
    });

    /// <summary>What its process uses now; <see langword="null"/> if it has none or that cannot be told. Waits for nothing else that is
    /// done to it.</summary>
    public Task<ResourceUsage?> MeasureAsync() => Volatile.Read(ref _run)?.Process.MeasureAsync() ?? Task.FromResult<ResourceUsage?>(null);

    /// <summary>Removes it, and its process first if <paramref name="force"/> says so. Afterwards this supervisor is good for nothing.</summary>
    /// <param name="force">Whether a process is no reason not to.</param>
    /// <param name="plan">How the process is ended; default <see cref="StopPlan.ByForce"/>.</param>
    public Task RemoveAsync(bool force, StopPlan? plan = null) => _mailbox.AskAsync(async () =>
    {
        if (_container.State.Status == ContainerState.Dead)
            return;
        if (_run is not null && !force)
            throw new ContainerException($"container with id = {Id} is not stopped - must set the force flag to true to remove it");
        if (_run is not null && await EndAsync(_run, plan ?? StopPlan.ByForce, _closing.Token) is null)
            throw new ContainerException($"could not kill container with ID = {Id}");
        _restart.Cancel();
        await ForgetAsync();
        Volatile.Write(ref _container, _container.With(ContainerState.Dead));
        await _around.Raise(new ContainerEvent(ContainerEventKind.Removed, _container));
    });

    /// <summary>Stops it because the device shuts down: within seconds, by force if need be, and not for good.</summary>
    public async Task ShutDownAsync()
    {
        _closing.Cancel();
        await _mailbox.PostAsync(ShutDownNowAsync);
        await _mailbox.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _closing.Cancel();
        await _mailbox.DisposeAsync();
        _restart.Dispose();
    }

    private async Task ShutDownNowAsync()
    {
        _restart.Cancel();
        if (_run is null)
            return;
        if (await EndAsync(_run, StopPlan.ByForce with { Patience = _shutDownPatience }, CancellationToken.None) is { } exit)
            await ChangeAsync(ContainerEventKind.Stopped, _container.Stopped(exit, Now));
        else
            _around.Log($"container {Id} survived SIGKILL; it is left behind");
    }

    private async Task RunAsync(Container container)
    {
        var launched = await LaunchAsync(container);
        await ChangeAsync(launched.HasProcess ? ContainerEventKind.Running : ContainerEventKind.Stopped, launched);
    }

    /// <summary>The container with a process, or stopped with the reason why it has none.</summary>
    /// <exception cref="EngineException">Its network cannot be had, of which only whoever asked is told (4).</exception>
    private async Task<Container> LaunchAsync(Container container)
    {
        try
        {
            Watch(await _around.Engine.StartAsync(container, Log, _closing.Token));
        }
        catch (EngineException e)
        {
            _around.Log($"container {Id} cannot be started: {e.Message}");
            if (e.IsOfNetwork)
                throw;
            return NotStarted(container, e);
        }

        return container.Running(_run!.Process.Pid, _run.StartedAt);
    }

    /// <summary>The same if nobody waits to be told.</summary>
    private async Task<Container> LaunchUnaskedAsync(Container container)
    {
        try
        {
            return await LaunchAsync(container);
        }
        catch (EngineException e)
        {
            return NotStarted(container, e);
        }
    }

    private Container NotStarted(Container container, EngineException error) =>
        container.Stopped(new ProcessExit((int)container.State.ExitCode, Error: error.Message), Now);

    /// <summary>The engine knows best whether there is a process: the device may have ended right before it wrote that down.</summary>
    private async Task ReattachAsync()
    {
        IContainerProcess? process = null;
        try
        {
            process = await _around.Engine.AttachAsync(_container, Log, _closing.Token);
        }
        catch (EngineException e)
        {
            _around.Log($"container {Id} cannot be found again: {e.Message}");
        }

        if (process is { Exited.IsCompleted: false })
        {
            Watch(process);
            if (!_container.HasProcess)
                Set(_container.Running(process.Pid, Now));
        }
        else if (_container.HasProcess)
        {
            var exit = process is null ? new ProcessExit(UnknownExitCode, Error: "the process was lost while the device was down") : await process.Exited;
            Set(_container.Exited(exit, Now));
        }
    }

    /// <summary>The disk first: what only the engine knows is removed when the device starts, what only the disk knows would come back.</summary>
    private async Task ForgetAsync()
    {
        OnDisk(() => _around.Store.Delete(Id));
        OnDisk(Log.Delete);
        try
        {
            await _around.Engine.RemoveAsync(Id);
        }
        catch (EngineException e)
        {
            _around.Log($"container {Id} is removed, but something of it is left in the engine until the next start: {e.Message}");
        }
    }

    private void Watch(IContainerProcess process)
    {
        _run = new ContainerRun(process, _around.Time);
        _ = WatchAsync(_run);
    }

    private async Task WatchAsync(ContainerRun run)
    {
        var exit = await run.End;

        // Whoever closes this supervisor ends the process too, and tells it.
        if (!_closing.IsCancellationRequested)
            await _mailbox.PostAsync(() => ExitedAsync(run, exit));
    }

    private async Task ExitedAsync(ContainerRun run, ProcessExit exit)
    {
        // Stopped or removed meanwhile: its end has been told.
        if (!ReferenceEquals(_run, run))
            return;
        _run = null;
        await ChangeAsync(ContainerEventKind.Exited, _container.Exited(exit, Now));
        RestartIfWanted(run.Length);
    }

    /// <summary>Ends the process as planned; <see langword="null"/> if it goes on.</summary>
    private async Task<ProcessExit?> EndAsync(ContainerRun run, StopPlan plan, CancellationToken hurry)
    {
        var exit = await run.EndAsync(plan.Signal, plan.Patience, hurry);
        if (exit is null && plan.Force)
            exit = await run.EndAsync(Signal.Kill, plan.Patience, CancellationToken.None);
        if (exit is not null)
            _run = null;
        return exit;
    }

    private void RestartIfWanted(TimeSpan run)
    {
        if (_closing.IsCancellationRequested || !RestartRules.WantsRestart(_container))
            _restart.Cancel();
        else
            _restart.Schedule(_container.Config.RestartPolicy, run);
    }

    private async Task RestartAsync(CancellationToken cancelled)
    {
        if (cancelled.IsCancellationRequested)
            return;
        _restart.Begun();
        try
        {
            await RunAsync(_container with { RestartCount = _container.RestartCount + 1 });
        }
        catch (EngineException e)
        {
            await ChangeAsync(ContainerEventKind.Stopped, NotStarted(_container, e));
            return;
        }

        // The original tells it twice when nobody asked for the start (4), and does not try again.
        if (!_container.HasProcess)
            await ChangeAsync(ContainerEventKind.Stopped, _container);
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
            _around.Log($"the state of container {Id} could not be written and is not what a restart will find: {e.Message}");
        }
    }

    private static string Title(string status) => status[0] + status[1..].ToLowerInvariant();
}

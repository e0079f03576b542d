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

    private readonly ContainerSurroundings _around;
    private readonly Mailbox _mailbox;
    private readonly RestartTimer _restart;
    private readonly KeptContainer _kept;
    private readonly CancellationTokenSource _closing = new();
    private ContainerRun? _run;

    /// <param name="container">The container.</param>
    /// <param name="number">Its place among all containers, oldest first.</param>
    /// <param name="around">What it needs.</param>
    public ContainerSupervisor(Container container, int number, ContainerSurroundings around)
    {
        Number = number;
        _kept = new KeptContainer(container, around);
        _around = around;
        _mailbox = new Mailbox(around.Log);
        _restart = new RestartTimer(around.Time, cancelled => _mailbox.PostAsync(() => RestartAsync(cancelled)));
    }

    /// <summary>Its place among all containers, oldest first.</summary>
    public int Number { get; }

    /// <summary>The container as it is now.</summary>
    public Container Container => _kept.Now;

    /// <summary>What it wrote, all its runs one after the other.</summary>
    public ContainerLog Log => _kept.Log;

    private string Id => Container.Id;

    private DateTimeOffset Now => _around.Time.GetUtcNow();

    /// <summary>After the device started: what was lost is noticed, what must run is started; then it is announced as it is.</summary>
    public Task RestoreAsync() => _mailbox.AskAsync(async () =>
    {
        await ReattachAsync();
        if (!Container.HasProcess && Container.StartedSuccessfullyBefore && RestartRules.WantsRestart(Container))
            _kept.Set(await LaunchUnaskedAsync(Container with { RestartCount = 0 }));
        await _kept.AnnounceAsync();
    });

    /// <summary>Starts it because someone wants it to run.</summary>
    public Task StartAsync() => _mailbox.AskAsync(async () =>
    {
        var refusal = Container.State.Status switch
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
            var given = new ProcessExit((int)Container.State.ExitCode, Error: "container's restart manager is canceled");
            await _kept.ChangeAsync(ContainerEventKind.Stopped, Container.Stopped(given, Now));
        }

        _restart.Reset();
        try
        {
            await RunAsync(Container with { RestartCount = 0 });
        }
        catch (EngineException e)
        {
            throw new ContainerException(e.Message);
        }

        if (Container.State.Error is { } error)
            throw new ContainerException(error);
    });

    /// <summary>Stops it because someone wants it to stop.</summary>
    public Task StopAsync(StopPlan plan) => _mailbox.AskAsync(async () =>
    {
        if (_run is not { } run)
            throw new ContainerException($"cannot perform stop operation for container: {Id}, with state: {Title(Container.State.Status)}");
        if (await EndAsync(run, plan, _closing.Token) is not { } exit)
            throw new ContainerException($"could not stop container with ID = {Id} with {(plan.Force ? Signal.Kill : plan.Signal)}");
        await _kept.ChangeAsync(
            ContainerEventKind.Stopped, Container.Stopped(exit, Now) with { ManuallyStopped = true });
        RestartIfWanted(run.Length);
    });

    /// <summary>Freezes its process.</summary>
    public Task PauseAsync() => _mailbox.AskAsync(async () =>
    {
        if (_run is null || Container.State.Status != ContainerState.Running)
            throw new ContainerException($"container with id = {Id} is not running - cannot pause it");
        await _run.Process.PauseAsync();
        await _kept.ChangeAsync(ContainerEventKind.Paused, Container.With(ContainerState.Paused));
    });

    /// <summary>Lets its frozen process go on.</summary>
    public Task ResumeAsync() => _mailbox.AskAsync(async () =>
    {
        if (_run is null || Container.State.Status != ContainerState.Paused)
            throw new ContainerException($"container id = {Id} is not paused - cannot unpause it ");
        await _run.Process.ResumeAsync();
        await _kept.ChangeAsync(ContainerEventKind.Resumed, Container.With(ContainerState.Running));
    });

    /// <summary>Gives it another name; an empty one or its own changes nothing.</summary>
    public Task RenameAsync(string? name) => _mailbox.AskAsync(async () =>
    {
        if (string.IsNullOrEmpty(name) || name == Container.Name)
            return;
        if (ContainerValidation.CheckName(name) is { } problem)
            throw new ContainerException(problem);
        await _kept.ChangeAsync(ContainerEventKind.Renamed, Container with { Name = name });
    });

    /// <summary>Gives it another restart policy and other limits. A new policy is asked at once whether a container that ended is to run.</summary>
    public Task UpdateAsync(UpdateArguments changes) => _mailbox.AskAsync(async () =>
    {
        var config = ContainerDefaults.Update(Container.Config, changes);
        if (ContainerValidation.CheckUpdate(config) is { } problem)
            throw new ContainerException(problem);
        var before = Container.Config;
        if (config == before)
            return;
        if (_run is { } run && config.Resources != before.Resources)
            await run.Process.LimitAsync(config.Resources);
        await _kept.ChangeAsync(ContainerEventKind.Updated, Container with { Config = config });
        if (config.RestartPolicy != before.RestartPolicy && Container.State.Status is ContainerState.Stopped or ContainerState.Exited)
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
        if (Container.State.Status == ContainerState.Dead)
            return;
        if (_run is not null && !force)
            throw new ContainerException($"container with id = {Id} is not stopped - must set the force flag to true to remove it");
        if (_run is not null && await EndAsync(_run, plan ?? StopPlan.ByForce, _closing.Token) is null)
            throw new ContainerException($"could not kill container with ID = {Id}");
        _restart.Cancel();
        await _kept.RemoveAsync();
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
            await _kept.ChangeAsync(ContainerEventKind.Stopped, Container.Stopped(exit, Now));
        else
            _around.Log($"container {Id} survived SIGKILL; it is left behind");
    }

    private async Task RunAsync(Container container)
    {
        var launched = await LaunchAsync(container);
        await _kept.ChangeAsync(launched.HasProcess ? ContainerEventKind.Running : ContainerEventKind.Stopped, launched);
    }

    /// <summary>The container with a process, or stopped with the reason why it has none.</summary>
    /// <exception cref="EngineException">Its network cannot be had, of which only whoever asked is told (4).</exception>
    private async Task<Container> LaunchAsync(Container container)
    {
        try
        {
            _closing.Token.ThrowIfCancellationRequested();
            Watch(await _around.Engine.StartAsync(container, Log, _closing.Token));
        }
        catch (Exception e) when (e is EngineException or OperationCanceledException)
        {
            var reason = e is EngineException ? e.Message : ContainerException.Stopping;
            _around.Log($"container {Id} cannot be started: {reason}");
            if (e is EngineException { IsOfNetwork: true })
                throw;
            return NotStarted(container, reason);
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
            return NotStarted(container, e.Message);
        }
    }

    private Container NotStarted(Container container, string reason) =>
        container.Stopped(new ProcessExit((int)container.State.ExitCode, Error: reason), Now);

    /// <summary>The engine knows best whether there is a process: the device may have ended right before it wrote that down.</summary>
    private async Task ReattachAsync()
    {
        IContainerProcess? process = null;
        try
        {
            process = await _around.Engine.AttachAsync(Container, Log, _closing.Token);
        }
        catch (EngineException e)
        {
            _around.Log($"container {Id} cannot be found again: {e.Message}");
        }

        if (process is { Exited.IsCompleted: false })
        {
            Watch(process);
            if (!Container.HasProcess)
                _kept.Set(Container.Running(process.Pid, Now));
        }
        else if (Container.HasProcess)
        {
            var exit = process is null ? new ProcessExit(UnknownExitCode, Error: "the process was lost while the device was down") : await process.Exited;
            _kept.Set(Container.Exited(exit, Now));
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
        await _kept.ChangeAsync(ContainerEventKind.Exited, Container.Exited(exit, Now));
        RestartIfWanted(run.Length);
    }

    /// <summary>Ends the process as planned; <see langword="null"/> if it goes on.</summary>
    private async Task<ProcessExit?> EndAsync(ContainerRun run, StopPlan plan, CancellationToken hurry)
    {
        var exit = await run.EndAsync(plan, hurry);
        if (exit is not null)
            _run = null;
        return exit;
    }

    private void RestartIfWanted(TimeSpan run)
    {
        if (_closing.IsCancellationRequested || !RestartRules.WantsRestart(Container))
            _restart.Cancel();
        else
            _restart.Schedule(Container.Config.RestartPolicy, run);
    }

    private async Task RestartAsync(CancellationToken cancelled)
    {
        if (cancelled.IsCancellationRequested || _closing.IsCancellationRequested)
            return;
        _restart.Begun();
        try
        {
            await RunAsync(Container with { RestartCount = Container.RestartCount + 1 });
        }
        catch (EngineException e)
        {
            await _kept.ChangeAsync(ContainerEventKind.Stopped, NotStarted(Container, e.Message));
            return;
        }

        // The original tells it twice when nobody asked for the start (4), and does not try again.
        if (!Container.HasProcess)
            await _kept.ChangeAsync(ContainerEventKind.Stopped, Container);
    }

    private static string Title(string status) => status[0] + status[1..].ToLowerInvariant();
}

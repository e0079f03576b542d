using System.Collections.Immutable;
using System.Threading.Channels;
using Leda.Harness.Device.Engines;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Containers;

/// <summary>
/// Owns which containers there are; what each of them does is its <see cref="ContainerSupervisor"/>'s. All events leave through the one
/// <paramref name="around"/>.Raise, in the order in which they happened to a container, and as snapshots.
/// </summary>
/// <param name="around">Engine, disk, clock and ear.</param>
/// <param name="ids">Gives the ids of new containers.</param>
internal sealed class ContainerManager(ContainerSurroundings around, IdSource ids) : IAsyncDisposable
{
    private const string NotCreated = $"the container is not created, {ContainerException.Stopping}";

    private readonly Mailbox _mailbox = new(around.Log);
    private readonly HashSet<string> _reserved = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _closing = new();
    private int _added;
    private ImmutableDictionary<string, ContainerSupervisor> _supervisors = ImmutableDictionary<string, ContainerSupervisor>.Empty;

    /// <summary>All containers as they are now, oldest first.</summary>
    public IReadOnlyList<Container> Containers => [.. Ordered.Select(s => s.Container)];

    private IEnumerable<ContainerSupervisor> Ordered => Volatile.Read(ref _supervisors).Values.OrderBy(s => s.Number);

    /// <summary>Loads what is on disk and starts what must run (<c>kanto-container-management.md</c> 5.6).</summary>
    public Task RestoreAsync() => _mailbox.AskAsync(async () =>
    {
        foreach (var container in around.Store.Load())
            Add(container);
        await RemoveLeftoversAsync();
        await Task.WhenAll(Ordered.Select(s => s.RestoreAsync()));
    });

    /// <summary>Whether there is such a container.</summary>
    public bool Exists(string id) => Volatile.Read(ref _supervisors).ContainsKey(id);

    /// <summary>Creates a container. Others can be created while its image is pulled.</summary>
    /// <exception cref="ContainerException">The description is refused, the image cannot be had, or nothing can be written.</exception>
    public async Task<Container> CreateAsync(ContainerDescription description)
    {
        var container = await _mailbox.AskAsync(() => Task.FromResult(Reserve(description)));
        try
        {
            await around.Engine.PrepareAsync(container, _closing.Token);
            await _mailbox.AskAsync(() => AdmitAsync(container));
            return container;
        }
        catch (EngineException e)
        {
            throw new ContainerException(e.Message);
        }
        catch (OperationCanceledException)
        {
            throw new ContainerException(NotCreated);
        }
        finally
        {
            await _mailbox.PostAsync(() => Release(container.Id));
        }
    }

    /// <summary>Why no container can be made from this description, or <see langword="null"/> (<c>kanto-container-management.md</c> 5.3).</summary>
    public string? Check(ContainerDescription description)
    {
        try
        {
            return ContainerValidation.Check(Describe(description.Id is { Length: > 0 } id ? id : "any", description));
        }
        catch (ContainerException e)
        {
            return e.Message;
        }
    }

    /// <inheritdoc cref="ContainerSupervisor.StartAsync"/>
    public Task StartAsync(string id) => AskAsync(id, s => s.StartAsync());

    /// <inheritdoc cref="ContainerSupervisor.StopAsync"/>
    public Task StopAsync(string id, StopPlan plan) => AskAsync(id, s => s.StopAsync(plan));

    /// <inheritdoc cref="ContainerSupervisor.PauseAsync"/>
    public Task PauseAsync(string id) => AskAsync(id, s => s.PauseAsync());

    /// <inheritdoc cref="ContainerSupervisor.ResumeAsync"/>
    public Task ResumeAsync(string id) => AskAsync(id, s => s.ResumeAsync());

    /// <inheritdoc cref="ContainerSupervisor.RenameAsync"/>
    public Task RenameAsync(string id, string? name) => AskAsync(id, s => s.RenameAsync(name));

    /// <inheritdoc cref="ContainerSupervisor.UpdateAsync"/>
    public Task UpdateAsync(string id, UpdateArguments changes) => AskAsync(id, s => s.UpdateAsync(changes));

    /// <summary>The end of what a container wrote, oldest line first: <c>{"stream":"stdout","log":"…\n","time":"…"}</c>.</summary>
    /// <param name="id">The container.</param>
    /// <param name="lines">How many at most; all if negative.</param>
    /// <exception cref="ContainerException">There is no such container, or its log cannot be read.</exception>
    public IReadOnlyList<string> Tail(string id, int lines) => Find(id).Log.Tail(lines);

    /// <inheritdoc cref="ContainerSupervisor.MeasureAsync"/>
    public Task<ResourceUsage?> MeasureAsync(string id) => Find(id).MeasureAsync();

    /// <inheritdoc cref="ContainerSupervisor.RemoveAsync"/>
    public async Task RemoveAsync(string id, bool force, StopPlan? plan = null)
    {
        var supervisor = Find(id);
        await AskAsync(id, _ => supervisor.RemoveAsync(force, plan));
        await _mailbox.AskAsync(() => Forget(supervisor));
        await supervisor.DisposeAsync();
    }

    /// <summary>Stops all containers because the device shuts down; they come back with it.</summary>
    public async Task ShutDownAsync()
    {
        _closing.Cancel();

        // After who was just being admitted; nobody is from now on.
        var all = await _mailbox.AskAsync(() => Task.FromResult(Ordered.ToList()));
        await Task.WhenAll(all.Select(s => s.ShutDownAsync()));
    }

    public async ValueTask DisposeAsync()
    {
        await _mailbox.DisposeAsync();
        foreach (var supervisor in Ordered)
            await supervisor.DisposeAsync();
        _closing.Dispose();
    }

    /// <summary>What was being created or removed when the device ended without a goodbye is in the engine, and nowhere else.</summary>
    private async Task RemoveLeftoversAsync()
    {
        try
        {
            foreach (var leftover in (await around.Engine.ListAsync()).Where(id => !_supervisors.ContainsKey(id)))
                await around.Engine.RemoveAsync(leftover);
        }
        catch (EngineException e)
        {
            around.Log($"containers that are not on disk may be left in the engine: {e.Message}");
        }
    }

    private Container Reserve(ContainerDescription description)
    {
        var id = description.Id is { Length: > 0 } given ? given : NewId();
        if (IsTaken(id))
            throw new ContainerException($"container with id = {id} already exists");
        var container = Describe(id, description);
        if ((ContainerValidation.Check(container) ?? ContainerId.Check(id) ?? ContainerLog.Check(container.Config)) is { } problem)
            throw new ContainerException(problem);
        _reserved.Add(id);
        return container;
    }

    private async Task AdmitAsync(Container container)
    {
        if ((_closing.IsCancellationRequested ? NotCreated : Save(container)) is { } problem)
        {
            await around.Engine.RemoveAsync(container.Id);
            throw new ContainerException(problem);
        }

        Add(container);
        await around.Raise(new ContainerEvent(ContainerEventKind.Created, container));
    }

    /// <summary>Writes it to disk, or says why that is not possible.</summary>
    private string? Save(Container container)
    {
        try
        {
            around.Store.Save(container);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"the container cannot be written to disk: {e.Message}";
        }
    }

    private Task Release(string id)
    {
        _reserved.Remove(id);
        return Task.CompletedTask;
    }

    private bool IsTaken(string id) => _supervisors.ContainsKey(id) || _reserved.Contains(id);

    private ContainerSupervisor Find(string id) => Volatile.Read(ref _supervisors).GetValueOrDefault(id) ?? throw Missing(id);

    private static ContainerException Missing(string id) => new($"no such container with id = {id} exists");

    /// <summary>Has a container's owner do something.</summary>
    private async Task AskAsync(string id, Func<ContainerSupervisor, Task> what)
    {
        try
        {
            await what(Find(id));
        }
        catch (ChannelClosedException)
        {
            throw _closing.IsCancellationRequested ? new ContainerException(ContainerException.Stopping) : Missing(id);
        }
    }

    // Its id may be another one's by now.
    private Task Forget(ContainerSupervisor supervisor)
    {
        var id = supervisor.Container.Id;
        if (ReferenceEquals(_supervisors.GetValueOrDefault(id), supervisor))
            Volatile.Write(ref _supervisors, _supervisors.Remove(id));
        return Task.CompletedTask;
    }

    private void Add(Container container) =>
        Volatile.Write(ref _supervisors, _supervisors.Add(container.Id, new ContainerSupervisor(container, _added++, around)));

    // A seed that is used again on the same data would draw the ids that are already there.
    private string NewId()
    {
        string id;
        do
            id = ids.NewUuid();
        while (IsTaken(id));
        return id;
    }

    private Container Describe(string id, ContainerDescription description)
    {
        var name = string.IsNullOrEmpty(description.Name) ? id : description.Name;
        return new Container
        {
            Id = id,
            Name = name,
            ImageRef = description.ImageRef ?? "",
            Config = ContainerDefaults.Fill(name, description.Config),
            Internals = description.Internals,
            State = new ContainerState { Status = ContainerState.Created, Pid = Container.NoProcess },
            CreatedAt = Rfc3339.Format(around.Time.GetUtcNow()),
        };
    }
}

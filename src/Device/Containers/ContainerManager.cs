using System.Collections.Immutable;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Containers;

/// <summary>
/// Owns which containers there are; what each of them does is its <see cref="ContainerSupervisor"/>'s. All events leave through the one
/// <paramref name="around"/>.Raise, in the order in which they happened to a container, and as snapshots.
/// </summary>
/// <param name="around">Engine, disk, clock and ear.</param>
/// <param name="ids">Gives the ids of new containers.</param>
internal sealed class ContainerManager(ContainerSupervisor.Surroundings around, IdSource ids) : IAsyncDisposable
{
    private readonly Mailbox _mailbox = new(around.Log);
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
        await Task.WhenAll(Ordered.Select(s => s.RestoreAsync()));
    });

    /// <summary>Whether there is such a container.</summary>
    public bool Exists(string id) => Volatile.Read(ref _supervisors).ContainsKey(id);

    /// <summary>Creates a container; <see cref="CreateArguments.Start"/> is left to the caller.</summary>
    /// <exception cref="ContainerException">The configuration is refused, or nothing can be written.</exception>
    public Task<Container> CreateAsync(CreateArguments arguments) => _mailbox.AskAsync(async () =>
    {
        var container = Describe(NewId(), arguments);
        if (ContainerValidation.Check(container) is { } problem)
            throw new ContainerException(problem);
        try
        {
            around.Store.Save(container);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ContainerException($"the container cannot be written to disk: {e.Message}");
        }

        Add(container);
        await around.Raise(new ContainerEvent(ContainerEventKind.Created, container));
        return container;
    });

    /// <inheritdoc cref="ContainerSupervisor.StartAsync"/>
    public Task StartAsync(string id) => Find(id).StartAsync();

    /// <inheritdoc cref="ContainerSupervisor.StopAsync"/>
    public Task StopAsync(string id, StopPlan plan) => Find(id).StopAsync(plan);

    /// <inheritdoc cref="ContainerSupervisor.PauseAsync"/>
    public Task PauseAsync(string id) => Find(id).PauseAsync();

    /// <inheritdoc cref="ContainerSupervisor.ResumeAsync"/>
    public Task ResumeAsync(string id) => Find(id).ResumeAsync();

    /// <inheritdoc cref="ContainerSupervisor.RenameAsync"/>
    public Task RenameAsync(string id, string? name) => Find(id).RenameAsync(name);

    /// <inheritdoc cref="ContainerSupervisor.UpdateAsync"/>
    public Task UpdateAsync(string id, UpdateArguments changes) => Find(id).UpdateAsync(changes);

    /// <summary>Removes a container.</summary>
    public async Task RemoveAsync(string id, bool force)
    {
        var supervisor = Find(id);
        await supervisor.RemoveAsync(force);
        await _mailbox.AskAsync(() =>
        {
            Volatile.Write(ref _supervisors, _supervisors.Remove(id));
            return Task.CompletedTask;
        });
        await supervisor.DisposeAsync();
    }

    /// <summary>Stops all containers because the device shuts down; they come back with it.</summary>
    public Task ShutDownAsync() => Task.WhenAll(Ordered.Select(s => s.ShutDownAsync()));

    public async ValueTask DisposeAsync()
    {
        await _mailbox.DisposeAsync();
        foreach (var supervisor in Ordered)
            await supervisor.DisposeAsync();
    }

    private ContainerSupervisor Find(string id) =>
        Volatile.Read(ref _supervisors).GetValueOrDefault(id) ?? throw new ContainerException($"no such container with id = {id} exists");

    private void Add(Container container) =>
        Volatile.Write(ref _supervisors, _supervisors.Add(container.Id, new ContainerSupervisor(container, _added++, around)));

    // A seed that is used again on the same data would draw the ids that are already there.
    private string NewId()
    {
        string id;
        do
            id = ids.NewUuid();
        while (_supervisors.ContainsKey(id));
        return id;
    }

    private Container Describe(string id, CreateArguments arguments)
    {
        var name = string.IsNullOrEmpty(arguments.Name) ? id : arguments.Name;
        return new Container
        {
            Id = id,
            Name = name,
            ImageRef = arguments.ImageRef ?? "",
            Config = ContainerDefaults.Fill(name, arguments.Config),
            State = new ContainerState { Status = ContainerState.Created, Pid = Container.NoProcess },
            CreatedAt = Rfc3339.Format(around.Time.GetUtcNow()),
        };
    }
}

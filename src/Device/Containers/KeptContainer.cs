using Leda.Harness.Device.Engines;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Containers;

/// <summary>One container as it is now, on disk and for whoever listens. Only its <see cref="ContainerSupervisor"/> changes it.</summary>
/// <param name="container">The container.</param>
/// <param name="around">Where it is kept and told.</param>
internal sealed class KeptContainer(Container container, ContainerSurroundings around)
{
    private Container _now = container;

    /// <summary>The container as it is now.</summary>
    public Container Now => Volatile.Read(ref _now);

    /// <summary>What it wrote, all its runs one after the other.</summary>
    public ContainerLog Log { get; } = ContainerLog.Of(container, around.Store.HomeOf(container.Id), around.Time, around.Log);

    /// <summary>It is like this now, and everybody is told.</summary>
    public async Task ChangeAsync(ContainerEventKind kind, Container changed)
    {
        Set(changed);
        await around.Raise(new ContainerEvent(kind, changed));
    }

    /// <summary>It is like this now, and nobody is told yet.</summary>
    public void Set(Container changed)
    {
        Volatile.Write(ref _now, changed);
        OnDisk(() => around.Store.Save(changed));
    }

    /// <summary>It was found on disk, and is now what it is.</summary>
    public ValueTask AnnounceAsync() => around.Raise(new ContainerEvent(ContainerEventKind.Restored, Now));

    /// <summary>It is gone. The disk goes first: what only the engine knows is removed when the device starts, what only the disk knows would
    /// come back.</summary>
    public async Task RemoveAsync()
    {
        OnDisk(() => around.Store.Delete(Now.Id));
        OnDisk(Log.Delete);
        try
        {
            await around.Engine.RemoveAsync(Now.Id);
        }
        catch (EngineException e)
        {
            around.Log($"container {Now.Id} is removed, but something of it is left in the engine until the next start: {e.Message}");
        }

        Volatile.Write(ref _now, Now.With(ContainerState.Dead));
        await around.Raise(new ContainerEvent(ContainerEventKind.Removed, Now));
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
            around.Log($"the state of container {Now.Id} could not be written and is not what a restart will find: {e.Message}");
        }
    }
}

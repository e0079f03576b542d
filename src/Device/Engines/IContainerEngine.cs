using Leda.Harness.Device.Containers;

namespace Leda.Harness.Device.Engines;

/// <summary>
/// Has the images and runs the processes of containers. It knows nothing of names, policies or twins; those are the manager's. Its methods
/// may be called for several containers at once, for one container one after the other. It is disposed of with the device; processes
/// that still run are left running.
/// </summary>
public interface IContainerEngine : IAsyncDisposable
{
    /// <summary>Makes ready what the container needs before it can be started; pulls its image unless it is there. Called once for a
    /// container, when it is created.</summary>
    /// <exception cref="EngineException">It cannot be made ready; nothing is left behind.</exception>
    Task PrepareAsync(Container container, CancellationToken cancellationToken = default);

    /// <summary>Starts the container's process.</summary>
    /// <param name="container">A container that was prepared, by this engine or by one before the device's last start.</param>
    /// <param name="log">Takes what the process writes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="EngineException">It cannot be started.</exception>
    Task<IContainerProcess> StartAsync(Container container, IContainerLog log, CancellationToken cancellationToken = default);

    /// <summary>Finds the process of a container that had one when the device ended without stopping it. It may have ended meanwhile: then
    /// its exit is known at once.</summary>
    /// <returns>The process, or <see langword="null"/> if nothing is known of one.</returns>
    Task<IContainerProcess?> AttachAsync(Container container, IContainerLog log, CancellationToken cancellationToken = default);

    /// <summary>Forgets a container and all that is kept for it, and ends its process if it still has one. Images stay. A container that is
    /// not there is no error.</summary>
    /// <exception cref="EngineException">Something could not be removed.</exception>
    Task RemoveAsync(string containerId, CancellationToken cancellationToken = default);

    /// <summary>The ids of all containers that this device has prepared and not removed, also before its last start.</summary>
    /// <exception cref="EngineException">It cannot be told.</exception>
    Task<IReadOnlyCollection<string>> ListAsync(CancellationToken cancellationToken = default);
}

using Leda.Harness.Device.Containers;

namespace Leda.Harness.Device.Engines;

/// <summary>Runs the processes of containers. It knows nothing of names, policies or twins; those are the manager's.</summary>
public interface IContainerEngine
{
    /// <summary>Starts the container's process. May be called for several containers at once.</summary>
    /// <exception cref="EngineException">It cannot be started.</exception>
    Task<IContainerProcess> StartAsync(Container container, CancellationToken cancellationToken = default);
}

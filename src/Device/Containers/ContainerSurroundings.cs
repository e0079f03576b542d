using Leda.Harness.Device.Engines;

namespace Leda.Harness.Device.Containers;

/// <summary>What all containers of a device share.</summary>
/// <param name="Engine">Runs the processes.</param>
/// <param name="Store">Keeps the state.</param>
/// <param name="Raise">Is told what happened; awaited, so that order is kept.</param>
/// <param name="Time">The clock.</param>
/// <param name="Log">For people.</param>
internal sealed record ContainerSurroundings(
    IContainerEngine Engine, ContainerStore Store, Func<ContainerEvent, ValueTask> Raise, TimeProvider Time, Action<string> Log);

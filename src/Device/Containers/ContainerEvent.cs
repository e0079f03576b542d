namespace Leda.Harness.Device.Containers;

/// <summary>Something that happened to a container.</summary>
/// <param name="Kind">What.</param>
/// <param name="Container">The container right after it happened.</param>
internal sealed record ContainerEvent(ContainerEventKind Kind, Container Container);

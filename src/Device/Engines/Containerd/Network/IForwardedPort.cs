namespace Leda.Harness.Device.Engines.Containerd.Network;

/// <summary>A port of the machine that leads into a container. Disposing of it closes it.</summary>
internal interface IForwardedPort : IDisposable
{
    /// <summary>Lets in who comes until the port is closed; never fails.</summary>
    Task ForwardAsync(ContainerNetwork network);
}

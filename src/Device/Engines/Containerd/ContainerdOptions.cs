namespace Leda.Harness.Device.Engines.Containerd;

/// <summary>Where containerd is, and what of it is ours.</summary>
public sealed record ContainerdOptions
{
    /// <summary>Where containerd listens unless it is told otherwise.</summary>
    public const string UsualAddress = "/run/containerd/containerd.sock";

    /// <summary>The namespace unless another one is chosen.</summary>
    public const string UsualNamespace = "leda-harness";

    /// <summary>containerd's Unix socket; default <see cref="UsualAddress"/>.</summary>
    public string Address { get; init; } = UsualAddress;

    /// <summary>containerd's namespace that images and containers are in; default <see cref="UsualNamespace"/>. Devices may share one.</summary>
    public string Namespace { get; init; } = UsualNamespace;

    /// <summary>
    /// Where pipes and <c>/etc</c> files of running containers are kept. It is the device's own and stays the same: containers carry it
    /// as a label, which tells them from those of other devices.
    /// </summary>
    public required string Directory { get; init; }
}

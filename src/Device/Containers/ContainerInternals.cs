using Leda.Harness.Device.Containers.Documents;

namespace Leda.Harness.Device.Containers;

/// <summary>What a container's document says and its twin does not show (<c>kanto-container-management.md</c> 5.2).</summary>
internal sealed record ContainerInternals
{
    /// <summary>What containerd runs containers with unless told otherwise (5.5).</summary>
    public const string DefaultRuntime = "io.containerd.runc.v2";

    /// <summary>Says nothing.</summary>
    public static ContainerInternals None { get; } = new();

    /// <summary>What containerd runs it with.</summary>
    public string Runtime { get; init; } = DefaultRuntime;

    /// <summary>Programs that run before and after its process.</summary>
    public IReadOnlyList<HookDocument>? Hooks { get; init; }

    /// <summary>Which standard streams are attached; the two that the twin shows are in the configuration too, and count there.</summary>
    public IoDocument Io { get; init; } = new();

    /// <summary>The networks that it is in; <see langword="null"/> if that is not known.</summary>
    public NetworkSettingsDocument? Network { get; init; }

    /// <summary>The file that the container sees as <c>/etc/resolv.conf</c>; <see langword="null"/> if there is none.</summary>
    public string? ResolvConfPath { get; init; }

    /// <summary>The file that the container sees as <c>/etc/hosts</c>; <see langword="null"/> if there is none.</summary>
    public string? HostsPath { get; init; }

    /// <summary>The file that the container sees as <c>/etc/hostname</c>; <see langword="null"/> if there is none.</summary>
    public string? HostnamePath { get; init; }
}

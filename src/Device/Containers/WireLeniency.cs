using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Containers;

/// <summary>What the original forgives in a command and not in a document (<c>kanto-container-management.md</c> 3.2.2).</summary>
internal static class WireLeniency
{
    /// <summary>The configuration as the original's core gets it.</summary>
    public static ContainerConfig? Of(ContainerConfig? config) => config is null ? null : config with
    {
        // One that is not there is ContainerDefaults' to refuse.
        MountPoints = config.MountPoints?.Select(mount => mount is null ? mount! : Of(mount)).ToList(),
        ExtraCapabilities = config.Privileged ? null : config.ExtraCapabilities,
        RestartPolicy = config.RestartPolicy is { } policy ? Of(policy) : null,
    };

    /// <summary>The policy with whole seconds.</summary>
    public static RestartPolicy Of(RestartPolicy policy) => policy with { RetryTimeout = Math.Truncate(policy.RetryTimeout) };

    /// <summary>Every mode that is not known means this one, even a known one in lower case.</summary>
    private static MountPoint Of(MountPoint mount) => mount with
    {
        PropagationMode = ContainerDefaults.PropagationModes.FirstOrDefault(mode => mode == mount.PropagationMode) ?? "RPRIVATE",
    };
}

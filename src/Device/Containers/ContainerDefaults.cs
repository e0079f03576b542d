using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Containers;

/// <summary>
/// Makes a given configuration the one that is reported: one spelling for each enumeration, defaults filled in, unknown members
/// dropped as Go drops them (<c>kanto-container-management.md</c> 5.5). What cannot be understood stays for
/// <see cref="ContainerValidation"/> to refuse. What only commands may say is <see cref="WireLeniency"/>'s.
/// </summary>
internal static class ContainerDefaults
{
    /// <summary>How a mount on one side may be seen on the other, the default first.</summary>
    public static IReadOnlyList<string> PropagationModes { get; } = ["RPRIVATE", "PRIVATE", "RSHARED", "SHARED", "RSLAVE", "SLAVE"];

    /// <summary>The mode that this text means; the text itself if it is none.</summary>
    public static string PropagationModeOf(string text) => Upper(text, [.. PropagationModes]);

    /// <summary>The configuration of a new container.</summary>
    public static ContainerConfig Fill(string name, ContainerConfig? given)
    {
        var config = Complete(name, given ?? new ContainerConfig());
        return config with { Resources = config.Resources is { } limits ? WithSwap(limits) : null };
    }

    /// <summary>The configuration of a container that is there already: as for a new one, but a limit that it does not have stays away.
    /// (The original takes a swap without limit for one that was not given, and doubles the memory at its next start.)</summary>
    public static ContainerConfig Complete(string name, ContainerConfig config)
    {
        return config with
        {
            DomainName = Or(config.DomainName, $"{name}-domain"),
            HostName = Or(config.HostName, $"{name}-host"),
            Env = NullIfEmpty(config.Env),
            Cmd = NullIfEmpty(config.Cmd),
            MountPoints = Each(config.MountPoints, Fill),
            Decryption = config.Decryption is { } d ? d with { Unknown = null } : null,
            Devices = Each(config.Devices, Fill),
            RestartPolicy = Fill(config.RestartPolicy),
            ExtraHosts = NullIfEmpty(config.ExtraHosts),
            ExtraCapabilities = NullIfEmpty(config.ExtraCapabilities),
            PortMappings = Each(config.PortMappings, Fill),
            NetworkMode = Upper(Or(config.NetworkMode, "BRIDGE"), "BRIDGE", "HOST"),
            Log = Fill(config.Log ?? new LogConfig()),
            Resources = config.Resources is { } r ? r with { Unknown = null } : null,
            Unknown = null,
        };
    }

    /// <summary>The configuration after an update: what is given replaces what is there, and of limits not even the swap is filled in.</summary>
    public static ContainerConfig Update(ContainerConfig config, UpdateArguments changes) => config with
    {
        RestartPolicy = changes.RestartPolicy is { } policy ? Fill(WireLeniency.Of(policy)) : config.RestartPolicy,
        Resources = changes.Resources is { } limits ? NullIfUnlimited(limits with { Unknown = null }) : config.Resources,
    };

    private static Resources? NullIfUnlimited(Resources limits) => limits == new Resources() ? null : limits;

    private static MountPoint Fill(MountPoint mount) => mount with
    {
        PropagationMode = PropagationModeOf(Or(mount.PropagationMode, "RPRIVATE")),
        Unknown = null,
    };

    private static DeviceMapping Fill(DeviceMapping device) => device with
    {
        PathInContainer = Or(device.PathInContainer, device.PathOnHost ?? ""),
        CgroupPermissions = Or(device.CgroupPermissions, "rwm"),
        Unknown = null,
    };

    private static PortMapping Fill(PortMapping port) => port with
    {
        Proto = Or(port.Proto, "tcp"),
        HostPortEnd = port.HostPortEnd == 0 ? port.HostPort : port.HostPortEnd,
        HostIP = Or(port.HostIP, "0.0.0.0"),
        Unknown = null,
    };

    // Only an absent policy has a default; one without a type is refused.
    private static RestartPolicy Fill(RestartPolicy? policy) => policy is null
        ? new RestartPolicy { Type = RestartRules.UnlessStopped }
        : policy with
        {
            Type = Upper(policy.Type ?? "", RestartRules.Always, RestartRules.No, RestartRules.OnFailure, RestartRules.UnlessStopped),
            Unknown = null,
        };

    private static LogConfig Fill(LogConfig log)
    {
        var type = Upper(Or(log.Type, "JSON_FILE"), "JSON_FILE", "NONE");
        var mode = Upper(Or(log.Mode, "BLOCKING"), "BLOCKING", "NON_BLOCKING");
        return log with
        {
            Type = type,
            MaxFiles = type == "NONE" ? 0 : log.MaxFiles == 0 ? 2 : log.MaxFiles,
            MaxSize = type == "NONE" ? null : Or(log.MaxSize, "100M"),
            Mode = mode,
            MaxBufferSize = mode == "NON_BLOCKING" ? Or(log.MaxBufferSize, "1M") : null,
            Unknown = null,
        };
    }

    private static Resources WithSwap(Resources limits) => limits with
    {
        MemorySwap = limits.MemorySwap switch
        {
            "-1" => null,
            null or "" => MemorySize.TryParse(limits.Memory, out var memory) ? memory.Doubled() : null,
            var given => given,
        },
    };

    private static string Or(string? given, string otherwise) => string.IsNullOrEmpty(given) ? otherwise : given;

    /// <summary>The wire spelling, when the text is one of them or the core's own (<c>on-failure</c> for <c>ON_FAILURE</c>); else the text.</summary>
    private static string Upper(string given, params ReadOnlySpan<string> known)
    {
        foreach (var wire in known)
        {
            if (given == wire.ToLowerInvariant().Replace('_', '-'))
                return wire;
        }

        return given;
    }

    /// <summary>The texts; what is <c>null</c> is the empty one, as in Go.</summary>
    private static List<string>? NullIfEmpty(IReadOnlyList<string?>? list) =>
        list is not { Count: > 0 } ? null : [.. list.Select(text => text ?? "")];

    private static List<T>? Each<T>(IReadOnlyList<T>? list, Func<T, T> fill)
        where T : class =>
        list is not { Count: > 0 } ? null
        : list.Contains(null) ? throw new ContainerException("a list of the configuration contains null")
        : [.. list.Select(fill)];
}

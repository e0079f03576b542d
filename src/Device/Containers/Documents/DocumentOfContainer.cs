using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Containers.Documents;

/// <summary>Writes a container into a document.</summary>
internal static class DocumentOfContainer
{
    private const double NanosecondsPerSecond = 1e9;

    public static ContainerDocument Make(Container container)
    {
        var config = container.Config;
        var more = container.Internals;
        return new ContainerDocument
        {
            ContainerId = container.Id,
            ContainerName = container.Name,
            Image = new ImageDocument { Name = container.ImageRef, DecryptConfig = Of(config.Decryption) },
            DomainName = config.DomainName,
            HostName = config.HostName,
            ResolvConfPath = more.ResolvConfPath ?? "",
            HostsPath = more.HostsPath ?? "",
            HostnamePath = more.HostnamePath ?? "",
            MountPoints = config.MountPoints?.Select(Of).ToList(),
            Hooks = more.Hooks,
            Config = config.Env is null && config.Cmd is null ? null : new CommandDocument { Env = config.Env, Cmd = config.Cmd },
            HostConfig = Host(config, more),
            IoConfig = more.Io with { OpenStdin = config.OpenStdin, Tty = config.Tty },
            NetworkSettings = more.Network,
            State = StateDocument.Of(container.State),
            Created = container.CreatedAt,
            RestartCount = container.RestartCount,
            ManuallyStopped = container.ManuallyStopped,
            StartedSuccessfullyBefore = container.StartedSuccessfullyBefore,
        };
    }

    private static HostDocument Host(ContainerConfig config, ContainerInternals more) => new()
    {
        Devices = config.Devices?.Select(Of).ToList(),
        NetworkMode = Kebab(config.NetworkMode),
        Privileged = config.Privileged,
        RestartPolicy = Of(config.RestartPolicy),
        Runtime = more.Runtime,
        ExtraHosts = config.ExtraHosts,
        ExtraCapabilities = config.ExtraCapabilities,
        PortMappings = config.PortMappings?.Select(Of).ToList(),
        LogConfig = Of(config.Log),
        Resources = Of(config.Resources),
    };

    private static DecryptDocument? Of(Decryption? decryption) =>
        decryption is null ? null : new() { Keys = decryption.Keys, Recipients = decryption.Recipients };

    private static MountDocument Of(MountPoint mount) =>
        new() { Destination = mount.Destination, Source = mount.Source, PropagationMode = Kebab(mount.PropagationMode) };

    private static DeviceDocument Of(DeviceMapping device) => new()
    {
        PathOnHost = device.PathOnHost,
        PathInContainer = device.PathInContainer,
        CgroupPermissions = device.CgroupPermissions,
    };

    private static PortDocument Of(PortMapping port) => new()
    {
        Proto = port.Proto,
        ContainerPort = port.ContainerPort,
        HostIp = port.HostIP,
        HostPort = port.HostPort,
        HostPortEnd = port.HostPortEnd,
    };

    private static RestartPolicyDocument? Of(RestartPolicy? policy) => policy is null ? null : new()
    {
        MaximumRetryCount = policy.MaxRetryCount,
        RetryTimeout = (long)Math.Round(policy.RetryTimeout * NanosecondsPerSecond),
        Type = Kebab(policy.Type),
    };

    private static LogDocument? Of(LogConfig? log) => log is null ? null : new()
    {
        DriverConfig = new LogDriverDocument { Type = Kebab(log.Type), MaxFiles = log.MaxFiles, MaxSize = log.MaxSize, RootDir = log.RootDir },
        ModeConfig = new LogModeDocument { Mode = Kebab(log.Mode), MaxBufferSize = log.MaxBufferSize },
    };

    private static ResourcesDocument? Of(Resources? limits) => limits is null ? null : new()
    {
        Memory = limits.Memory,
        MemoryReservation = limits.MemoryReservation,
        MemorySwap = limits.MemorySwap,
    };

    private static string? Kebab(string? wire) => wire?.ToLowerInvariant().Replace('_', '-');
}

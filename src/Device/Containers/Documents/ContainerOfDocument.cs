using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Containers.Documents;

/// <summary>Reads a container out of a document. Enumerations stay as they are spelled: <see cref="ContainerDefaults"/> knows both spellings.</summary>
internal static class ContainerOfDocument
{
    private const double NanosecondsPerSecond = 1e9;

    public static ContainerDescription Describe(ContainerDocument document) => new()
    {
        Id = document.ContainerId,
        Name = document.ContainerName,
        ImageRef = document.Image?.Name,
        Config = Config(document),
        Internals = Internals(document),
    };

    public static Container Make(ContainerDocument document)
    {
        var id = document.ContainerId ?? "";
        var name = string.IsNullOrEmpty(document.ContainerName) ? id : document.ContainerName;
        return new Container
        {
            Id = id,
            Name = name,
            ImageRef = document.Image?.Name ?? "",
            Config = ContainerDefaults.Complete(name, Config(document)),
            Internals = Internals(document) with
            {
                Network = document.NetworkSettings,
                ResolvConfPath = NullIfEmpty(document.ResolvConfPath),
                HostsPath = NullIfEmpty(document.HostsPath),
                HostnamePath = NullIfEmpty(document.HostnamePath),
            },
            State = document.State?.ToState() ?? new ContainerState { Status = ContainerState.Created, Pid = Container.NoProcess },
            CreatedAt = document.Created ?? "",
            RestartCount = document.RestartCount,
            ManuallyStopped = document.ManuallyStopped,
            StartedSuccessfullyBefore = document.StartedSuccessfullyBefore,
        };
    }

    private static ContainerConfig Config(ContainerDocument document)
    {
        var host = document.HostConfig ?? new HostDocument();
        return new ContainerConfig
        {
            DomainName = document.DomainName,
            HostName = document.HostName,
            Env = document.Config?.Env,
            Cmd = document.Config?.Cmd,
            MountPoints = Each(document.MountPoints, Of),
            Decryption = Of(document.Image?.DecryptConfig),
            Devices = Each(host.Devices, Of),
            Privileged = host.Privileged,
            RestartPolicy = Of(host.RestartPolicy),
            ExtraHosts = host.ExtraHosts,
            ExtraCapabilities = host.ExtraCapabilities,
            PortMappings = Each(host.PortMappings, Of),
            NetworkMode = host.NetworkMode,
            OpenStdin = document.IoConfig?.OpenStdin ?? false,
            Tty = document.IoConfig?.Tty ?? false,
            Log = Of(host.LogConfig),
            Resources = Of(host.Resources),
        };
    }

    private static ContainerInternals Internals(ContainerDocument document) => new()
    {
        Runtime = NullIfEmpty(document.HostConfig?.Runtime) ?? ContainerInternals.DefaultRuntime,
        Hooks = Each(document.Hooks, hook => hook),
        Io = document.IoConfig ?? new IoDocument(),
    };

    private static MountPoint Of(MountDocument mount) =>
        new() { Source = mount.Source, Destination = mount.Destination, PropagationMode = mount.PropagationMode };

    private static DeviceMapping Of(DeviceDocument device) => new()
    {
        PathOnHost = device.PathOnHost,
        PathInContainer = device.PathInContainer,
        CgroupPermissions = device.CgroupPermissions,
    };

    private static PortMapping Of(PortDocument port) => new()
    {
        Proto = port.Proto,
        HostPort = port.HostPort,
        HostPortEnd = port.HostPortEnd,
        ContainerPort = port.ContainerPort,
        HostIP = port.HostIp,
    };

    private static Decryption? Of(DecryptDocument? decrypt) =>
        decrypt is null ? null : new() { Keys = decrypt.Keys, Recipients = decrypt.Recipients };

    private static RestartPolicy? Of(RestartPolicyDocument? policy) => policy is null ? null : new()
    {
        MaxRetryCount = policy.MaximumRetryCount,
        RetryTimeout = policy.RetryTimeout / NanosecondsPerSecond,
        Type = policy.Type,
    };

    private static LogConfig? Of(LogDocument? log) => log is null ? null : new()
    {
        Type = log.DriverConfig?.Type,
        MaxFiles = log.DriverConfig?.MaxFiles ?? 0,
        MaxSize = log.DriverConfig?.MaxSize,
        RootDir = NullIfEmpty(log.DriverConfig?.RootDir),
        Mode = log.ModeConfig?.Mode,
        MaxBufferSize = log.ModeConfig?.MaxBufferSize,
    };

    private static Resources? Of(ResourcesDocument? limits) => limits is null ? null : new()
    {
        Memory = NullIfEmpty(limits.Memory),
        MemoryReservation = NullIfEmpty(limits.MemoryReservation),
        MemorySwap = NullIfEmpty(limits.MemorySwap),
    };

    /// <summary>Each item; one that is <c>null</c> is to Go one that says nothing.</summary>
    private static List<TTo>? Each<TFrom, TTo>(IReadOnlyList<TFrom>? list, Func<TFrom, TTo> make)
        where TFrom : class, new() => list?.Select(item => make(item ?? new TFrom())).ToList();

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

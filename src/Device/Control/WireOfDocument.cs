using Google.Protobuf.Collections;
using Leda.Harness.Device.Containers.Documents;
using Leda.Harness.Device.Control.Wire;

namespace Leda.Harness.Device.Control;

/// <summary>Writes a container's document into the message that travels over the control socket. What is absent there is empty here.</summary>
internal static class WireOfDocument
{
    public static Container Make(ContainerDocument document)
    {
        var container = new Container
        {
            Id = document.ContainerId ?? "",
            Name = document.ContainerName ?? "",
            Image = Of(document.Image ?? new ImageDocument()),
            HostName = document.HostName ?? "",
            DomainName = document.DomainName ?? "",
            ResolvConfPath = document.ResolvConfPath ?? "",
            HostsPath = document.HostsPath ?? "",
            HostnamePath = document.HostnamePath ?? "",
            HostConfig = document.HostConfig is { } host ? Of(host) : null,
            IoConfig = document.IoConfig is { } io ? Of(io) : null,
            Config = document.Config is { } config ? Of(config) : null,
            NetworkSettings = document.NetworkSettings is { } network ? Of(network) : null,
            State = document.State is { } state ? Of(state) : null,
            Created = document.Created ?? "",
            ManuallyStopped = document.ManuallyStopped,
            RestartCount = document.RestartCount,
        };
        Add(container.Mounts, document.MountPoints, Of);
        Add(container.Hooks, document.Hooks, Of);
        return container;
    }

    public static RestartPolicy Of(RestartPolicyDocument policy) => new()
    {
        MaximumRetryCount = policy.MaximumRetryCount,
        RetryTimeout = policy.RetryTimeout / TimeSpan.NanosecondsPerTick / TimeSpan.TicksPerSecond,
        Type = policy.Type ?? "",
    };

    public static Resources Of(ResourcesDocument limits) => new()
    {
        Memory = limits.Memory ?? "",
        MemoryReservation = limits.MemoryReservation ?? "",
        MemorySwap = limits.MemorySwap ?? "",
    };

    private static Image Of(ImageDocument image)
    {
        var wire = new Image { Name = image.Name ?? "" };
        if (image.DecryptConfig is { } decrypt)
        {
            wire.DecryptConfig = new DecryptConfig();
            Add(wire.DecryptConfig.Keys, decrypt.Keys);
            Add(wire.DecryptConfig.Recipients, decrypt.Recipients);
        }

        return wire;
    }

    private static MountPoint Of(MountDocument mount) =>
        new() { Source = mount.Source ?? "", Destination = mount.Destination ?? "", PropagationMode = mount.PropagationMode ?? "" };

    private static Hook Of(HookDocument hook)
    {
        var wire = new Hook { Path = hook.Path ?? "", Timeout = hook.Timeout, Type = NumberedNames.Hooks.Of(hook.Type) };
        Add(wire.Args, hook.Args);
        Add(wire.Env, hook.Env);
        return wire;
    }

    private static HostConfig Of(HostDocument host)
    {
        var wire = new HostConfig
        {
            NetworkMode = host.NetworkMode ?? "",
            Privileged = host.Privileged,
            RestartPolicy = host.RestartPolicy is { } policy ? Of(policy) : null,
            Runtime = host.Runtime ?? "",
            LogConfig = host.LogConfig is { } log ? Of(log) : null,
            Resources = host.Resources is { } limits ? Of(limits) : null,
        };
        Add(wire.Devices, host.Devices, Of);
        Add(wire.ExtraHosts, host.ExtraHosts);
        Add(wire.ExtraCapabilities, host.ExtraCapabilities);
        Add(wire.PortMappings, host.PortMappings, Of);
        return wire;
    }

    private static DeviceMapping Of(DeviceDocument device) => new()
    {
        PathOnHost = device.PathOnHost ?? "",
        PathInContainer = device.PathInContainer ?? "",
        CgroupPermissions = device.CgroupPermissions ?? "",
    };

    private static PortMapping Of(PortDocument port) => new()
    {
        Protocol = port.Proto ?? "",
        HostIp = port.HostIp ?? "",
        HostPort = port.HostPort,
        HostPortEnd = port.HostPortEnd,
        ContainerPort = port.ContainerPort,
    };

    private static LogConfiguration Of(LogDocument log) => new()
    {
        DriverConfig = log.DriverConfig is { } driver
            ? new() { Type = driver.Type ?? "", MaxFiles = driver.MaxFiles, MaxSize = driver.MaxSize ?? "", RootDir = driver.RootDir ?? "" }
            : null,
        ModeConfig = log.ModeConfig is { } mode ? new() { Mode = mode.Mode ?? "", MaxBufferSize = mode.MaxBufferSize ?? "" } : null,
    };

    private static IOConfig Of(IoDocument io) => new()
    {
        AttachStderr = io.AttachStderr,
        AttachStdin = io.AttachStdin,
        AttachStdout = io.AttachStdout,
        OpenStdin = io.OpenStdin,
        StdinOnce = io.StdinOnce,
        Tty = io.Tty,
    };

    private static ContainerConfiguration Of(CommandDocument command)
    {
        var wire = new ContainerConfiguration();
        Add(wire.Env, command.Env);
        Add(wire.Cmd, command.Cmd);
        return wire;
    }

    private static NetworkSettings Of(NetworkSettingsDocument network)
    {
        var wire = new NetworkSettings
        {
            SandboxId = network.SandboxId ?? "",
            SandboxKey = network.SandboxKey ?? "",
            NetworkControllerId = network.NetworkControllerId ?? "",
        };
        foreach (var (mode, place) in network.Networks ?? new Dictionary<string, NetworkDocument>())
        {
            wire.Networks[mode] = new EndpointSettings
            {
                Id = place.Id ?? "",
                Gateway = place.Gateway ?? "",
                IpAddress = place.IpAddress ?? "",
                MacAddress = place.MacAddress ?? "",
                NetworkId = place.NetworkId ?? "",
            };
        }

        return wire;
    }

    private static State Of(StateDocument state) => new()
    {
        Pid = state.Pid,
        StartedAt = state.StartedAt ?? "",
        Error = state.Error ?? "",
        ExitCode = state.ExitCode,
        FinishedAt = state.FinishedAt ?? "",
        Exited = state.Exited,
        Dead = state.Dead,
        Restarting = state.Restarting,
        Paused = state.Paused,
        Running = state.Running,
        Status = NumberedNames.Statuses.Of(state.Status),
        OomKilled = state.OomKilled,
    };

    private static void Add(RepeatedField<string> to, IReadOnlyList<string>? from) => Add(to, from, text => text ?? "");

    private static void Add<TFrom, TTo>(RepeatedField<TTo> to, IReadOnlyList<TFrom>? from, Func<TFrom, TTo> make) =>
        to.AddRange((from ?? []).Select(make));
}

using Google.Protobuf.Collections;
using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Containers.Documents;
using Leda.Harness.Device.Control.Wire;

namespace Leda.Harness.Device.Control;

/// <summary>Reads a container's document out of the message that travels over the control socket. What is empty there is absent here.</summary>
internal static class DocumentOfWire
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>The document of a message.</summary>
    /// <exception cref="ContainerException">A number is out of range.</exception>
    public static ContainerDocument Make(Wire.Container container) => new()
    {
        ContainerId = container.Id,
        ContainerName = container.Name,
        Image = Of(container.Image ?? new Image()),
        DomainName = container.DomainName,
        HostName = container.HostName,
        ResolvConfPath = container.ResolvConfPath,
        HostsPath = container.HostsPath,
        HostnamePath = container.HostnamePath,
        MountPoints = Each(container.Mounts, Of),
        Hooks = Each(container.Hooks, Of),
        Config = container.Config is { } config ? new CommandDocument { Env = Texts(config.Env), Cmd = Texts(config.Cmd) } : null,
        HostConfig = container.HostConfig is { } host ? Of(host) : null,
        IoConfig = container.IoConfig is { } io ? Of(io) : null,
        NetworkSettings = container.NetworkSettings is { } network ? Of(network) : null,
        State = container.State is { } state ? Of(state) : null,
        Created = container.Created,
        ManuallyStopped = container.ManuallyStopped,
        RestartCount = (int)Math.Clamp(container.RestartCount, 0, int.MaxValue),
    };

    private static ImageDocument Of(Image image) => new()
    {
        Name = image.Name,
        DecryptConfig = image.DecryptConfig is { } decrypt
            ? new DecryptDocument { Keys = Texts(decrypt.Keys), Recipients = Texts(decrypt.Recipients) }
            : null,
    };

    private static MountDocument Of(MountPoint mount) =>
        new() { Source = mount.Source, Destination = mount.Destination, PropagationMode = mount.PropagationMode };

    private static HookDocument Of(Hook hook) => new()
    {
        Path = hook.Path,
        Args = Texts(hook.Args),
        Env = Texts(hook.Env),
        Timeout = hook.Timeout,
        Type = NumberedNames.Hooks.Parse(hook.Type),
    };

    private static HostDocument Of(HostConfig host) => new()
    {
        Devices = Each(host.Devices, Of),
        NetworkMode = host.NetworkMode,
        Privileged = host.Privileged,
        RestartPolicy = host.RestartPolicy is { } policy ? Of(policy) : null,
        Runtime = host.Runtime,
        ExtraHosts = Texts(host.ExtraHosts),
        ExtraCapabilities = Texts(host.ExtraCapabilities),
        PortMappings = Each(host.PortMappings, Of),
        LogConfig = host.LogConfig is { } log ? Of(log) : null,
        Resources = host.Resources is { } limits ? Of(limits) : null,
    };

    private static DeviceDocument Of(DeviceMapping device) => new()
    {
        PathOnHost = device.PathOnHost,
        PathInContainer = device.PathInContainer,
        CgroupPermissions = device.CgroupPermissions,
    };

    private static PortDocument Of(PortMapping port) => new()
    {
        Proto = port.Protocol,
        HostIp = port.HostIp,
        HostPort = Port(port.HostPort),
        HostPortEnd = Port(port.HostPortEnd),
        ContainerPort = Port(port.ContainerPort),
    };

    // The original takes the lower sixteen bits without a word.
    private static ushort Port(long number) => number is >= 0 and <= ushort.MaxValue
        ? (ushort)number
        : throw new ContainerException($"{number} is no port; expected a number up to {ushort.MaxValue}");

    private static RestartPolicyDocument Of(RestartPolicy policy) => new()
    {
        MaximumRetryCount = policy.MaximumRetryCount,
        RetryTimeout = Math.Abs(policy.RetryTimeout) <= long.MaxValue / NanosecondsPerSecond
            ? policy.RetryTimeout * NanosecondsPerSecond
            : throw new ContainerException($"a retry timeout of {policy.RetryTimeout} seconds is too long"),
        Type = policy.Type,
    };

    private static ResourcesDocument Of(Resources limits) => new()
    {
        Memory = NullIfEmpty(limits.Memory),
        MemoryReservation = NullIfEmpty(limits.MemoryReservation),
        MemorySwap = NullIfEmpty(limits.MemorySwap),
    };

    private static LogDocument Of(LogConfiguration log) => new()
    {
        DriverConfig = log.DriverConfig is { } driver
            ? new() { Type = driver.Type, MaxFiles = driver.MaxFiles, MaxSize = NullIfEmpty(driver.MaxSize), RootDir = NullIfEmpty(driver.RootDir) }
            : null,
        ModeConfig = log.ModeConfig is { } mode ? new() { Mode = mode.Mode, MaxBufferSize = NullIfEmpty(mode.MaxBufferSize) } : null,
    };

    private static IoDocument Of(IOConfig io) => new()
    {
        AttachStderr = io.AttachStderr,
        AttachStdin = io.AttachStdin,
        AttachStdout = io.AttachStdout,
        OpenStdin = io.OpenStdin,
        StdinOnce = io.StdinOnce,
        Tty = io.Tty,
    };

    private static NetworkSettingsDocument Of(NetworkSettings network) => new()
    {
        Networks = network.Networks.Count == 0 ? null : network.Networks.ToDictionary(n => n.Key, n => Of(n.Value)),
        SandboxId = network.SandboxId,
        SandboxKey = network.SandboxKey,
        NetworkControllerId = network.NetworkControllerId,
    };

    private static NetworkDocument Of(EndpointSettings place) => new()
    {
        Id = place.Id,
        Gateway = place.Gateway,
        IpAddress = place.IpAddress,
        MacAddress = place.MacAddress,
        NetworkId = place.NetworkId,
    };

    private static StateDocument Of(State state) => new()
    {
        Pid = state.Pid,
        StartedAt = state.StartedAt,
        Error = state.Error,
        ExitCode = state.ExitCode,
        FinishedAt = state.FinishedAt,
        Exited = state.Exited,
        Dead = state.Dead,
        Restarting = state.Restarting,
        Paused = state.Paused,
        Running = state.Running,
        Status = NumberedNames.Statuses.Parse(state.Status),
        OomKilled = state.OomKilled,
    };

    private static List<string>? Texts(RepeatedField<string> texts) => texts.Count == 0 ? null : [.. texts];

    private static List<TTo>? Each<TFrom, TTo>(RepeatedField<TFrom> list, Func<TFrom, TTo> make) =>
        list.Count == 0 ? null : [.. list.Select(make)];

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}

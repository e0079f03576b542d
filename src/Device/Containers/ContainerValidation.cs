using System.Text.RegularExpressions;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Containers;

/// <summary>
/// What the original refuses when a container is created, in its order (<c>kanto-container-management.md</c> 5.3); the defaults are filled
/// in before. Not checked, as there: unique names, port collisions, the syntax of addresses and extra hosts.
/// </summary>
internal static partial class ContainerValidation
{
    private const decimal LeastMemory = 3 * 1024 * 1024;
    private const string Unlimited = "-1";

    /// <summary>Why this container cannot be created, or <see langword="null"/>.</summary>
    public static string? Check(Container container)
    {
        var config = container.Config;
        return CheckImage(container.ImageRef)
            ?? CheckName(container.Name)
            ?? First(config.MountPoints, CheckMount)
            ?? CheckPrivileged(config)
            ?? CheckNetwork(config)
            ?? First(config.Devices, CheckDevice)
            ?? CheckLog(config.Log!)
            ?? CheckRestart(config.RestartPolicy!)
            ?? CheckResources(config.Resources)
            ?? First(config.Env, CheckVariable);
    }

    /// <summary>Why a container cannot have this name, or <see langword="null"/>.</summary>
    public static string? CheckName(string name) =>
        NamePattern().IsMatch(name) ? null : $"invalid container name format : {name}";

    /// <summary>Why a container cannot be changed to this, or <see langword="null"/>.</summary>
    public static string? CheckUpdate(ContainerConfig config) => CheckRestart(config.RestartPolicy!) ?? CheckResources(config.Resources);

    private static string? CheckImage(string image) =>
        string.IsNullOrEmpty(image) ? "the containers image configuration is invalid" : null;

    private static string? CheckMount(MountPoint mount) =>
        string.IsNullOrEmpty(mount.Source) ? "the source of a mount point must be set"
        : string.IsNullOrEmpty(mount.Destination) ? "the destination of a mount point must be set"
        : !ContainerDefaults.PropagationModes.Contains(mount.PropagationMode, StringComparer.Ordinal) ? $"unsupported propagation mode {mount.PropagationMode}"
        : null;

    private static string? CheckPrivileged(ContainerConfig config) =>
        !config.Privileged ? null
        : config.Devices is not null ? "cannot create as privileged and with specified devices"
        : config.ExtraCapabilities is not null ? "cannot create as privileged and with extra capabilities"
        : null;

    private static string? CheckNetwork(ContainerConfig config) => config.NetworkMode switch
    {
        "BRIDGE" => null,
        "HOST" when config.PortMappings is not null => "cannot use port mappings in network mode host",
        "HOST" when config.ExtraHosts?.Any(UsesBridge) == true => "cannot use host_ip in extra hosts in network mode host",
        "HOST" => null,
        var other => $"unsupported network mode {other}",
    };

    private static bool UsesBridge(string host) =>
        host.EndsWith(":host_ip", StringComparison.Ordinal) || host.Contains(":host_ip_", StringComparison.Ordinal);

    private static string? CheckDevice(DeviceMapping device) =>
        string.IsNullOrEmpty(device.PathOnHost) || string.IsNullOrEmpty(device.PathInContainer)
        ? "both the path on host and the path in container of a device must be set"
        : string.IsNullOrEmpty(device.CgroupPermissions) ? "the cgroup permissions of a device must be set"
        : null;

    private static string? CheckLog(LogConfig log) => log switch
    {
        { Type: not ("JSON_FILE" or "NONE") } => $"unsupported log driver type {log.Type}",
        { Type: "JSON_FILE", MaxFiles: < 1 } => $"the log needs at least one file, not {log.MaxFiles}",
        { Type: "JSON_FILE" } when !MemorySize.TryParse(log.MaxSize, out _) => $"invalid format of log max size - {log.MaxSize}",
        { Mode: not ("BLOCKING" or "NON_BLOCKING") } => $"unsupported log mode {log.Mode}",
        { Mode: "NON_BLOCKING" } when !MemorySize.TryParse(log.MaxBufferSize, out _) => $"invalid format of log max buffer size - {log.MaxBufferSize}",
        _ => null,
    };

    private static string? CheckRestart(RestartPolicy policy) => policy switch
    {
        { Type: not (RestartRules.Always or RestartRules.No or RestartRules.OnFailure or RestartRules.UnlessStopped) } =>
            $"unsupported restart policy type {policy.Type}",
        { Type: RestartRules.OnFailure, MaxRetryCount: < 0 } => "the max retry count of the restart policy cannot be negative",
        { Type: RestartRules.OnFailure, RetryTimeout: < 0 } => "the retry timeout of the restart policy cannot be negative",
        { Type: not RestartRules.OnFailure, MaxRetryCount: not 0 } => $"cannot use max retry count when the restart policy type is {policy.Type}",
        _ => null,
    };

    private static string? CheckResources(Resources? limits)
    {
        if (limits is null)
            return null;
        if (!TrySize(limits.Memory, out var memory))
            return $"invalid format of memory - {limits.Memory}";
        if (!TrySize(limits.MemoryReservation, out var reservation))
            return $"invalid format of memory reservation - {limits.MemoryReservation}";
        decimal? swap = null;
        if (limits.MemorySwap != Unlimited && !TrySize(limits.MemorySwap, out swap))
            return $"invalid format of memory swap - {limits.MemorySwap}";
        return memory < LeastMemory ? $"the memory limit must be at least 3M, not {limits.Memory}"
            : memory is null && swap is not null ? "the memory swap needs a memory limit"
            : swap < memory ? "the memory swap must not be less than the memory limit"
            : reservation > memory ? "the memory reservation must not be more than the memory limit"
            : null;
    }

    private static string? CheckVariable(string variable) =>
        VariablePattern().IsMatch(variable) ? null : $"invalid environmental variable declaration provided : {variable}";

    private static bool TrySize(string? text, out decimal? bytes)
    {
        bytes = null;
        if (string.IsNullOrEmpty(text))
            return true;
        if (!MemorySize.TryParse(text, out var size))
            return false;
        bytes = size.Bytes;
        return true;
    }

    private static string? First<T>(IReadOnlyList<T>? list, Func<T, string?> check) =>
        list?.Select(check).FirstOrDefault(problem => problem is not null);

    [GeneratedRegex(@"\A[a-zA-Z0-9_][a-zA-Z0-9_.-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\A[a-zA-Z_][a-zA-Z0-9_]*(=[^\n]*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex VariablePattern();
}

using System.Globalization;
using Leda.Harness.Device.Containers;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Protocol.Updates;

namespace Leda.Harness.Device.Updates;

/// <summary>The containers of a device as an inventory (<c>kanto-container-management.md</c> 3.5).</summary>
/// <param name="options">The domain, and whether what is as by default is told, too.</param>
internal sealed class InventoryReport(UpdateAgentOptions options)
{
    private const string AgentName = "Eclipse Kanto Containers Update Agent";

    private static readonly string _version = typeof(InventoryReport).Assembly.GetName().Version!.ToString(3);

    private string AgentId => $"{options.Domain}-update-agent";

    private bool Verbose => options.VerboseInventory;

    /// <summary>The agent, then the containers.</summary>
    public Inventory Of(IReadOnlyList<Container> containers) => new()
    {
        SoftwareNodes = [Agent(), .. containers.Select(Node)],
        Associations = containers.Count == 0
            ? null
            : [.. containers.Select(c => new Association { SourceId = AgentId, TargetId = NodeId(c) })],
    };

    private SoftwareNode Agent() => new()
    {
        Id = AgentId,
        Version = _version,
        Name = AgentName,
        Parameters = [KeyValue.Of("domain", options.Domain)],
        Type = SoftwareNode.Application,
    };

    private SoftwareNode Node(Container container) => new()
    {
        Id = NodeId(container),
        Version = ImageVersion.Of(container.ImageRef),
        Parameters =
        [
            KeyValue.Of("image", container.ImageRef),
            .. If(container.Config.DomainName != $"{container.Name}-domain", "domainName", container.Config.DomainName),
            .. If(container.Config.HostName != $"{container.Name}-host", "hostName", container.Config.HostName),
            .. Config(container.Config),
            .. State(container),
        ],
        Type = SoftwareNode.Container,
    };

    private IEnumerable<KeyValue> Config(ContainerConfig config) =>
    [
        .. If(config.Tty, "terminal", Text(config.Tty)),
        .. If(config.OpenStdin, "interactive", Text(config.OpenStdin)),
        .. If(config.Privileged, "privileged", Text(config.Privileged)),
        .. config.RestartPolicy is { } policy ? Restart(policy) : [],
        .. Each("device", config.Devices?.Select(DeviceMappingText.Of)),
        .. Each("port", config.PortMappings?.Select(PortMappingText.Of)),
        .. If(config.NetworkMode != "BRIDGE", "network", Word(config.NetworkMode)),
        .. Each("host", config.ExtraHosts),
        .. config.Log is { } log ? Log(log) : [],
        .. config.Resources is { } limits ? Limits(limits) : [],
        .. Each("mount", config.MountPoints?.Select(MountPointText.Of)),
        .. Each("env", config.Env),
        .. Each("cmd", config.Cmd),
    ];

    private IEnumerable<KeyValue> Restart(RestartPolicy policy) =>
    [
        .. If(policy.Type != RestartRules.UnlessStopped, "restartPolicy", Word(policy.Type)),
        .. If(policy.MaxRetryCount != 0, "restartMaxRetries", Text(policy.MaxRetryCount)),
        .. If(policy.RetryTimeout != 0, "restartTimeout", Duration(policy.RetryTimeout)),
    ];

    private IEnumerable<KeyValue> Log(LogConfig log) =>
    [
        .. If(log.Type != "JSON_FILE", "logDriver", Word(log.Type)),
        .. If(log.MaxFiles != 2, "logMaxFiles", Text(log.MaxFiles)),
        .. If(log.MaxSize is not (null or "" or "100M"), "logMaxSize", log.MaxSize),
        .. If(!string.IsNullOrEmpty(log.RootDir), "logPath", log.RootDir),
        .. If(log.Mode != "BLOCKING", "logMode", Word(log.Mode)),
        .. If(log.MaxBufferSize is not (null or "" or "1M"), "logMaxBufferSize", log.MaxBufferSize),
    ];

    private IEnumerable<KeyValue> Limits(Resources limits) =>
    [
        .. If(!string.IsNullOrEmpty(limits.Memory), "memory", limits.Memory),
        .. If(!string.IsNullOrEmpty(limits.MemoryReservation), "memoryReservation", limits.MemoryReservation),
        .. If(!string.IsNullOrEmpty(limits.MemorySwap), "memorySwap", limits.MemorySwap),
    ];

    private IEnumerable<KeyValue> State(Container container)
    {
        var state = container.State;
        var ended = state.Status != ContainerState.Running;
        return
        [
            KeyValue.Of("status", state.Status[0] + state.Status[1..].ToLowerInvariant()),
            .. If(ended && !string.IsNullOrEmpty(state.FinishedAt), "finishedAt", state.FinishedAt),
            .. If(state.ExitCode != 0, "exitCode", Text(state.ExitCode)),
            KeyValue.Of("created", container.CreatedAt),
            .. If(container.RestartCount != 0, "restartCount", Text(container.RestartCount)),
            .. If(ended && container.ManuallyStopped, "manuallyStopped", Text(container.ManuallyStopped)),
            .. If(ended && container.StartedSuccessfullyBefore, "startedSuccessfullyBefore", Text(container.StartedSuccessfullyBefore)),
        ];
    }

    private KeyValue[] If(bool tells, string key, string? value) => tells || Verbose ? [KeyValue.Of(key, value)] : [];

    private static IEnumerable<KeyValue> Each(string key, IEnumerable<string>? values) => values?.Select(value => KeyValue.Of(key, value)) ?? [];

    private static string Text(bool flag) => flag ? "true" : "false";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>An enumeration as the command line and files spell it: <c>on-failure</c> for <c>ON_FAILURE</c>.</summary>
    private static string? Word(string? wire) => wire?.ToLowerInvariant().Replace('_', '-');

    private static string Duration(double seconds) => new GoDuration((long)Math.Clamp(seconds * 1e9, -9.2e18, 9.2e18)).ToString();

    private string NodeId(Container container) => $"{options.Domain}:{container.Name}";
}

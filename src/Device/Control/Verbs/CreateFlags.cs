using System.CommandLine;
using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Containers.Documents;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Control.Verbs;

/// <summary>The options of <c>create</c> and the container that they describe (<c>kanto-container-management.md</c> 6).</summary>
internal sealed class CreateFlags
{
    private readonly Option<string> _name = Flag.Text("--name", "-n", "Its name; default its id.", "NAME");
    private readonly Option<bool> _terminal = Flag.Switch("--t", null, "Gives it a terminal.");
    private readonly Option<bool> _interactive = Flag.Switch("--i", null, "Keeps its standard input open.");
    private readonly Option<bool> _privileged = Flag.Switch("--privileged", null, "Lets it do everything.");
    private readonly Option<string> _policy = Flag.Text("--rp", null, "When it is started again: no, always, unless-stopped (default) or on-failure.", "POLICY");
    private readonly Option<long?> _retries = Flag.Number("--rp-cnt", null, "How often at most, for on-failure.", 1);
    private readonly Option<long?> _pause = Flag.Number("--rp-to", null, "The longest pause between two attempts in seconds, for on-failure.", 30);
    private readonly Option<string[]> _devices = Flag.List("--devices", "Host devices that it may use.", "HOST:CONTAINER[:rwm],…");
    private readonly Option<string[]> _ports = Flag.List("--ports", "Ports of the host that lead into it.", "[IP:]HOST[-END]:CONTAINER[/PROTO],…");
    private readonly Option<string> _network = Flag.Text("--network", null, "bridge, or host for the host's own network.", "MODE", "bridge");
    private readonly Option<string[]> _hosts = Flag.List("--hosts", "Further host names; host_ip means the host.", "NAME:ADDRESS,…");
    private readonly Option<string[]> _mounts = Flag.List("--mp", "Directories of the host.", "SOURCE:DESTINATION[:MODE],…");
    private readonly Option<string[]> _environment = Flag.Each("--e", "An environment variable; VAR alone takes one of the image away.", "VAR[=VALUE]");
    private readonly Option<string> _logDriver = Flag.Text("--log-driver", null, "Where its output goes: json-file or none.", "DRIVER", "json-file");
    private readonly Option<long?> _logFiles = Flag.Number("--log-max-files", null, "How many files are kept.", 2);
    private readonly Option<string> _logSize = Flag.Text("--log-max-size", null, "How large each may become.", "SIZE", "100M");
    private readonly Option<string> _logPath = Flag.Text("--log-path", null, "The directory for them; absolute.", "DIR");
    private readonly Option<string> _logMode = Flag.Text("--log-mode", null, "blocking or non-blocking.", "MODE", "blocking");
    private readonly Option<string> _logBuffer = Flag.Text("--log-max-buffer-size", null, "What non-blocking holds back at most.", "SIZE", "1M");
    private readonly Option<string> _memory = Flag.Text("--memory", "-m", "Memory that it may use, such as 200m; at least 3m.", "SIZE");
    private readonly Option<string> _reservation = Flag.Text("--memory-reservation", null, "What it is pushed back to when memory is short.", "SIZE");
    private readonly Option<string> _swap = Flag.Text("--memory-swap", null, "Memory and swap together; default twice the memory, -1 for no limit.", "SIZE");
    private readonly Option<string[]> _keys = Flag.List("--dec-keys", "Keys that open its image.", "FILE[:PASSWORD],…");
    private readonly Option<string[]> _recipients = Flag.List("--dec-recipients", "Certificates that its image is meant for.", "pkcs7:FILE,…");
    private readonly Option<string[]> _capabilities = Flag.List("--cap-add", "Further Linux capabilities.", "CAP,…");

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All =>
    [
        _name, _terminal, _interactive, _privileged, _policy, _retries, _pause, _devices, _ports, _network, _hosts, _mounts, _environment,
        _logDriver, _logFiles, _logSize, _logPath, _logMode, _logBuffer, _memory, _reservation, _swap, _keys, _recipients, _capabilities,
    ];

    /// <summary>The container that is described; what is not said is left to the device.</summary>
    /// <exception cref="VerbException">An option cannot be read, or two do not go together.</exception>
    public ContainerDocument Describe(VerbCall call, string image, IReadOnlyList<string> command)
    {
        var config = new ContainerConfig
        {
            Env = call.Get(_environment),
            Cmd = command.Count > 0 ? command : null,
            MountPoints = Each<MountPoint>(call, _mounts, MountPointText.TryParse),
            Decryption = call.Has(_keys) || call.Has(_recipients) ? new() { Keys = call.Get(_keys), Recipients = call.Get(_recipients) } : null,
            Devices = Each<DeviceMapping>(call, _devices, DeviceMappingText.TryParse),
            Privileged = call.Get(_privileged),
            RestartPolicy = Policy(call),
            ExtraHosts = call.Get(_hosts),
            ExtraCapabilities = call.Get(_capabilities),
            PortMappings = Each<PortMapping>(call, _ports, PortMappingText.TryParse),
            NetworkMode = call.Get(_network),
            OpenStdin = call.Get(_interactive),
            Tty = call.Get(_terminal),
            Log = Log(call),
            Resources = Limits(call),
        };
        if (config.Privileged && (call.Has(_devices) || call.Has(_capabilities)))
            throw new VerbException($"cannot create the container as privileged and with {(call.Has(_devices) ? "specified devices" : "extra capabilities")} at the same time - choose one of the options");
        return ContainerDocument.Of(new Container
        {
            Id = "",
            Name = call.Get(_name) ?? "",
            ImageRef = image,
            Config = config,
            State = new ContainerState { Status = ContainerState.Created },
            CreatedAt = "",
        }) with
        { State = null };
    }

    private RestartPolicy? Policy(VerbCall call) => call.Get(_policy) switch
    {
        null or "" => null,
        "on-failure" => new() { Type = "on-failure", MaxRetryCount = call.Get(_retries) ?? 0, RetryTimeout = call.Get(_pause) ?? 0 },
        var other => new() { Type = other },
    };

    private LogConfig Log(VerbCall call) => new()
    {
        Type = call.Get(_logDriver),
        MaxFiles = call.Get(_logFiles) is > 0 and var files ? files : throw new VerbException("max log files cannot be < 1"),
        MaxSize = call.Get(_logSize),
        RootDir = call.Get(_logPath) is { Length: > 0 } path ? path : null,
        Mode = call.Get(_logMode),
        MaxBufferSize = call.Get(_logBuffer),
    };

    private Resources? Limits(VerbCall call)
    {
        var limits = new Resources { Memory = Given(call, _memory), MemoryReservation = Given(call, _reservation), MemorySwap = Given(call, _swap) };
        return limits == new Resources() ? null : limits;
    }

    private static string? Given(VerbCall call, Option<string> option) => call.Get(option) is { Length: > 0 } text ? text : null;

    private static List<T>? Each<T>(VerbCall call, Option<string[]> option, Reader<T> read)
        where T : class =>
        call.Get(option)?.Select(text => read(text, out var value, out var problem) ? value! : throw new VerbException(problem!)).ToList();

    private delegate bool Reader<T>(string text, out T? value, out string? problem);
}

using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Containers.Documents;
using Leda.Harness.Device.Engines.Containerd.Images;
using Leda.Harness.Device.Engines.Containerd.Protos;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Engines.Containerd.Runtime;

/// <summary>
/// What runc is to run for a container: containerd's usual specification, the image's wishes, the container's configuration. As in the
/// original the configured command replaces the image's command, but not its entry point.
/// </summary>
internal static class SpecBuilder
{
    private const string UsualPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private static readonly string[] _masked =
    [
        "/proc/acpi", "/proc/asound", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/timer_list", "/proc/timer_stats",
        "/proc/sched_debug", "/proc/scsi", "/sys/firmware",
    ];

    private static readonly string[] _readOnly = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];

    /// <param name="container">The container.</param>
    /// <param name="image">Its image's configuration.</param>
    /// <param name="root">Its file system.</param>
    /// <param name="network">Its <c>/etc</c> files.</param>
    /// <param name="cgroup">The path of its control group.</param>
    /// <exception cref="EngineException">Something of it is not to be had on this machine.</exception>
    public static RuntimeSpec Build(Container container, OciProcessConfig? image, IReadOnlyList<Mount> root, NetworkFiles network, string cgroup)
    {
        var config = container.Config;
        var (devices, rules) = config.Privileged ? Devices.All() : Devices.Of(config.Devices);
        return new RuntimeSpec
        {
            Hostname = network.HostName,
            Process = Process(container, image, root, network.HostName),
            Hooks = container.Internals.Hooks is { Count: > 0 } hooks ? new SpecHooks(Of(hooks, 0), Of(hooks, 1), Of(hooks, 2)) : null,
            Mounts = [.. Usual(config.Privileged), .. network.Write(), .. (config.MountPoints ?? []).Select(Mount)],
            Linux = new SpecLinux
            {
                CgroupsPath = cgroup,
                Devices = devices.Count > 0 ? devices : null,
                Resources = new SpecResources { Devices = rules, Memory = MemoryLimits.AtStart(config.Resources) },
                Namespaces = [.. Namespaces(container).Select(type => new SpecNamespace(type))],
                RootfsPropagation = Propagation(config.MountPoints),
                MaskedPaths = config.Privileged ? null : _masked,
                ReadonlyPaths = config.Privileged ? null : _readOnly,
            },
        };
    }

    private static SpecProcess Process(Container container, OciProcessConfig? image, IReadOnlyList<Mount> root, string hostName)
    {
        var config = container.Config;
        string[] arguments = [.. image?.Entrypoint ?? [], .. config.Cmd ?? image?.Cmd ?? []];
        return new SpecProcess
        {
            Terminal = config.Tty,
            User = Users.Of(image?.User, root),
            Args = arguments.Length > 0 ? arguments : throw new EngineException("neither the image nor the container says what to run: no arguments specified"),
            Env = Environment(image?.Env, config, hostName),
            Cwd = image?.WorkingDir is { Length: > 0 } directory ? directory : "/",
            Capabilities = Capabilities.Of(config.Privileged, config.ExtraCapabilities),
        };
    }

    /// <summary>The image's variables with those of the container, of which one without <c>=</c> takes a variable away (3.2.2).</summary>
    private static IReadOnlyList<string> Environment(IReadOnlyList<string>? image, ContainerConfig config, string hostName)
    {
        var variables = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        string[] first = image?.Any(v => v.StartsWith("PATH=", StringComparison.Ordinal)) == true ? [] : [UsualPath];
        string[] last = config.Tty ? [$"HOSTNAME={hostName}", "TERM=xterm"] : [$"HOSTNAME={hostName}"];
        foreach (var variable in first.Concat(image ?? []).Concat(last).Concat(config.Env ?? []))
        {
            var name = variable.Split('=', 2)[0];
            if (variable.Length > name.Length)
                variables[name] = variable;
            else
                variables.Remove(name);
        }

        return [.. variables.Values];
    }

    private static IEnumerable<string> Namespaces(Container container)
    {
        string[] always = ["pid", "ipc", "uts", "mount"];
        string[] network = container.SharesNetwork ? [] : ["network"];
        string[] control = File.Exists("/sys/fs/cgroup/cgroup.controllers") ? ["cgroup"] : [];
        return [.. always, .. network, .. control];
    }

    private static IEnumerable<SpecMount> Usual(bool privileged) =>
    [
        new("/proc", "proc", "proc", ["nosuid", "noexec", "nodev"]),
        new("/dev", "tmpfs", "tmpfs", ["nosuid", "strictatime", "mode=755", "size=65536k"]),
        new("/dev/pts", "devpts", "devpts", ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"]),
        new("/dev/shm", "tmpfs", "shm", ["nosuid", "noexec", "nodev", "mode=1777", "size=65536k"]),
        new("/dev/mqueue", "mqueue", "mqueue", ["nosuid", "noexec", "nodev"]),
        new("/sys", "sysfs", "sysfs", ["nosuid", "noexec", "nodev", privileged ? "rw" : "ro"]),
    ];

    private static IReadOnlyList<SpecHook> Of(IReadOnlyList<HookDocument> hooks, int type) =>
        [.. hooks.Where(h => h.Type == type).Select(h => new SpecHook(h.Path ?? "", h.Args, h.Env))];

    private static SpecMount Mount(MountPoint mount) =>
        new(mount.Destination!, "bind", mount.Source!, ["rbind", mount.PropagationMode!.ToLowerInvariant()]);

    // What is to come into a container, or go out of it, must be let through at its root.
    private static string? Propagation(IReadOnlyList<MountPoint>? mounts) =>
        mounts is null ? null
        : mounts.Any(m => m.PropagationMode is "SHARED" or "RSHARED") ? "shared"
        : mounts.Any(m => m.PropagationMode is "SLAVE" or "RSLAVE") ? "rslave"
        : null;
}

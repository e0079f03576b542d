using Leda.Harness.Device.Engines.Containerd;
using Leda.Harness.Device.Tests.Engines.Containerd;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Tests.Outside.Kills;

/// <summary>Real containers in a namespace of their own, whose processes outlive the device.</summary>
internal sealed class KilledContainerd : KilledEngine
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    private readonly OwnContainerd _machine;
    private readonly string _namespace;
    private readonly string _snapshotter;

    private KilledContainerd(OwnContainerd machine, string containerNamespace, string snapshotter)
    {
        _machine = machine;
        _namespace = containerNamespace;
        _snapshotter = snapshotter;
    }

    public override string Image => OwnContainerd.Busybox;

    public override IReadOnlyList<string> Arguments =>
        ["--engine", "containerd", "--containerd-address", _machine.Address, "--containerd-namespace", _namespace];

    public override bool KeepsProcesses => true;

    public override int MostMessages => 16;

    public override TimeSpan LongestDelay => TimeSpan.FromMilliseconds(100);

    public static async Task<KilledContainerd> OpenAsync(OwnContainerd machine, string name)
    {
        await machine.RequireAsync();
        var containerNamespace = $"{OwnContainerd.Namespace}-{name}";
        await machine.ImportAsync(containerNamespace);
        using var client = new ContainerdClient(machine.Address, containerNamespace, RealTime.Provider);
        await client.OpenAsync(TestContext.Current.CancellationToken);
        return new KilledContainerd(machine, containerNamespace, client.Snapshotter);
    }

    public override async Task SameAsync(string data, Task gone, string life)
    {
        // Nobody tells when it is so; it is asked again until a generous net is used up.
        for (var since = RealTime.Provider.GetTimestamp(); ; await Task.Delay(_pause, RealTime.Provider))
        {
            var (expected, actual) = (OnDisk(data), await InEngineAsync(data));
            if (gone.IsCompleted || expected == actual)
                return;
            Assert.True(RealTime.Provider.GetElapsedTime(since) < EngineWorld.Net, $"{life}: on disk is\n{expected}\nbut the engine has\n{actual}");
        }
    }

    public override async Task ClearAsync(string data)
    {
        await using var engine = await _machine.ConnectAsync(DirectoryOf(data), containerNamespace: _namespace);
        foreach (var id in await engine.ListAsync())
            await engine.RemoveAsync(id);
    }

    private static string DirectoryOf(string data) => Path.Combine(data, "engine");

    private static string OnDisk(string data)
    {
        var containers = new Disk(data).Containers().Values;
        var ids = containers.Select(c => c.Id).ToList();
        var running = containers.Where(c => c.State.Status == ContainerState.Running).Select(c => $"{c.Id} {c.State.Pid} RUNNING");
        return Describe(ids, running, ids, [], []);
    }

    /// <summary>The same as containerd tells it.</summary>
    private async Task<string> InEngineAsync(string data)
    {
        var containers = await ListAsync("containers", "list", "--quiet", $"labels.\"{ContainerRecords.OwnerLabel}\"==\"{DirectoryOf(data)}\"");
        var tasks = (await ListAsync("tasks", "list")).Skip(1);
        var snapshots = (await ListAsync("snapshots", "--snapshotter", _snapshotter, "list")).Where(l => l.EndsWith(" Active", StringComparison.Ordinal)).Select(l => l.Split(' ')[0]);
        var leases = (await ListAsync("leases", "list")).Where(l => l.StartsWith("leda-harness-", StringComparison.Ordinal));
        var homes = Directory.GetDirectories(DirectoryOf(data)).Select(home => Path.GetFileName(home)).Except(containers);
        return Describe(containers, tasks, snapshots, leases, homes);
    }

    private async Task<List<string>> ListAsync(params string[] arguments) =>
        [.. (await _machine.ControlInAsync(_namespace, arguments)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];

    private static string Describe(
        IEnumerable<string> containers, IEnumerable<string> tasks, IEnumerable<string> snapshots, IEnumerable<string> leases, IEnumerable<string> homesOfNobody) =>
        $"containers {Join(containers)}, tasks {Join(tasks)}, snapshots {Join(snapshots)}, leases {Join(leases)}, directories of nobody {Join(homesOfNobody)}";

    private static string Join(IEnumerable<string> items) => $"[{string.Join("; ", items.Order(StringComparer.Ordinal))}]";
}

using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Leda.Harness.Device.Engines.Containerd.Protos.Tasks;
using V1 = Leda.Harness.Device.Engines.Containerd.Protos.Cgroups1;
using V2 = Leda.Harness.Device.Engines.Containerd.Protos.Cgroups2;

namespace Leda.Harness.Device.Engines.Containerd.Runtime;

/// <summary>
/// What a container uses, from the kernel's control groups of either generation (<c>kanto-container-management.md</c> 3.3).
/// </summary>
internal static class UsageReader
{
    private const long TicksPerSecond = 100; // of /proc/stat, whatever the kernel's own
    private const long NanosecondsPerTick = 100; // of a TimeSpan
    private const string V1Type = "io.containerd.cgroups.v1.Metrics";
    private const string V2Type = "io.containerd.cgroups.v2.Metrics";

    /// <summary>What containerd tells of a container's groups; <see langword="null"/> if it tells nothing.</summary>
    /// <exception cref="RpcException">There is no such task.</exception>
    public static async Task<Any?> ReadAsync(ContainerdClient client, string id, CancellationToken cancellationToken)
    {
        var answer = await client.Tasks.MetricsAsync(new MetricsRequest { Filters = { $"id==\"{id}\"" } }, client.Call(cancellationToken));
        return answer.Metrics.FirstOrDefault(m => m.Id == id)?.Data;
    }

    /// <summary>Whether the kernel ever killed one of its processes for want of memory.</summary>
    public static bool HadOomKill(Any? data) => data switch
    {
        { TypeUrl: V1Type } => V1.Metrics.Parser.ParseFrom(data.Value).MemoryOomControl?.OomKill > 0,
        { TypeUrl: V2Type } => V2.Metrics.Parser.ParseFrom(data.Value).MemoryEvents?.OomKill > 0,
        _ => false,
    };

    /// <summary>All of it in the agent's terms.</summary>
    /// <param name="data">What containerd told.</param>
    /// <param name="pid">One of the container's processes.</param>
    /// <param name="ownNetwork">Whether the network that this process sees is the container's own.</param>
    public static ResourceUsage? Understand(Any? data, int pid, bool ownNetwork)
    {
        var usage = data switch
        {
            { TypeUrl: V1Type } => Understand(V1.Metrics.Parser.ParseFrom(data.Value)),
            { TypeUrl: V2Type } => Understand(V2.Metrics.Parser.ParseFrom(data.Value)),
            _ => null,
        };
        if (usage is null || !ownNetwork)
            return usage;
        var (read, written) = Network(pid);
        return usage with { NetworkRead = read, NetworkWritten = written };
    }

    private static ResourceUsage? Understand(V1.Metrics m) => m is not { Memory.Usage: { } memory, Cpu.Usage: { } cpu }
        ? null
        : new ResourceUsage
        {
            CpuTime = TimeSpan.FromTicks((long)cpu.Total / NanosecondsPerTick),
            MachineCpuTime = MachineCpuTime(),
            MemoryUsed = Difference(memory.Usage, m.Memory.TotalInactiveFile),
            MemoryTotal = AtMostMachine(memory.Limit),
            IoRead = Sum(m.Blkio, "Read"),
            IoWritten = Sum(m.Blkio, "Write"),
            Pids = (long)(m.Pids?.Current ?? 0),
        };

    private static ResourceUsage? Understand(V2.Metrics m) => m is not { Memory: { } memory, Cpu: { } cpu }
        ? null
        : new ResourceUsage
        {
            CpuTime = TimeSpan.FromMicroseconds(cpu.UsageUsec),
            MachineCpuTime = MachineCpuTime(),
            MemoryUsed = Difference(memory.Usage, memory.InactiveFile),
            MemoryTotal = AtMostMachine(memory.UsageLimit),
            IoRead = m.Io is { Usage.Count: > 0 } reads ? reads.Usage.Sum(e => (long)e.Rbytes) : null,
            IoWritten = m.Io is { Usage.Count: > 0 } writes ? writes.Usage.Sum(e => (long)e.Wbytes) : null,
            Pids = (long)(m.Pids?.Current ?? 0),
        };

    private static long? Sum(V1.BlkIOStat? io, string operation) => io is { IoServiceBytesRecursive.Count: > 0 }
        ? io.IoServiceBytesRecursive.Where(e => e.Op.Equals(operation, StringComparison.OrdinalIgnoreCase)).Sum(e => (long)e.Value)
        : null;

    private static long Difference(ulong all, ulong part) => all > part ? (long)(all - part) : 0;

    private static long AtMostMachine(ulong limit)
    {
        var words = File.ReadLines("/proc/meminfo").First(l => l.StartsWith("MemTotal:", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (long)Math.Min(limit, ulong.Parse(words[1], CultureInfo.InvariantCulture) * 1024);
    }

    // user, nice, system, idle, iowait, irq, softirq, steal; what guests use is in user.
    private static TimeSpan MachineCpuTime() => TimeSpan.FromSeconds((double)File.ReadLines("/proc/stat").First()
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9].Sum(t => long.Parse(t, CultureInfo.InvariantCulture)) / TicksPerSecond);

    private static (long? Read, long? Written) Network(int pid)
    {
        long read = 0, written = 0;
        foreach (var line in File.ReadLines($"/proc/{pid}/net/dev").Skip(2))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (line[..colon].Trim() == "lo")
                continue;
            var numbers = line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            read += long.Parse(numbers[0], CultureInfo.InvariantCulture);
            written += long.Parse(numbers[8], CultureInfo.InvariantCulture);
        }

        return (read, written);
    }
}

using Leda.Harness.Device.Containers;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Engines.Containerd.Runtime;

/// <summary>Memory limits in runc's terms.</summary>
internal static class MemoryLimits
{
    private const long None = -1;
    private const string OldMemory = "/sys/fs/cgroup/memory";
    private const string OldSwap = OldMemory + "/memory.memsw.limit_in_bytes";

    // The first generation of control groups counts swap only if the kernel was told to.
    private static readonly bool _canLimitSwap = !Directory.Exists(OldMemory) || File.Exists(OldSwap);

    /// <summary>The limits that a container starts with; what it has none for is left out.</summary>
    public static SpecMemory? AtStart(Resources? limits) => limits is null
        ? null
        : new SpecMemory(Bytes(limits.Memory), Bytes(limits.MemoryReservation), _canLimitSwap ? Bytes(limits.MemorySwap) : null);

    /// <summary>The limits that a running container gets; what it has none for is lifted.</summary>
    public static SpecMemory WhileRunning(Resources? limits) => new(
        Bytes(limits?.Memory) ?? None, Bytes(limits?.MemoryReservation) ?? None, _canLimitSwap ? Bytes(limits?.MemorySwap) ?? None : null);

    private static long? Bytes(string? size) => size switch
    {
        null or "" => null,
        "-1" => None,
        _ => MemorySize.TryParse(size, out var parsed) ? (long)Math.Min(parsed.Bytes, long.MaxValue) : null,
    };
}

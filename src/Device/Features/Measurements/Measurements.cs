using Leda.Harness.Device.Engines;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Features.Measurements;

/// <summary>What is told of a container's use of resources, in the original's order (<c>kanto-container-management.md</c> 3.3).</summary>
internal static class Measurements
{
    /// <summary>The measurements; what is unknown is left out.</summary>
    /// <param name="now">What it uses.</param>
    /// <param name="before">What it used at the sample before, if the same process was measured then.</param>
    public static IEnumerable<Measurement> Of(ResourceUsage now, ResourceUsage? before)
    {
        if (before is not null && Utilization(now.CpuTime - before.CpuTime, now.MachineCpuTime - before.MachineCpuTime) is { } cpu)
            yield return Value("cpu.utilization", cpu);
        yield return Value("memory.total", now.MemoryTotal);
        yield return Value("memory.used", now.MemoryUsed);
        if (now.MemoryTotal > 0)
            yield return Value("memory.utilization", 100.0 * now.MemoryUsed / now.MemoryTotal);
        if (now.IoRead is { } read)
            yield return Value("io.readBytes", read);
        if (now.IoWritten is { } written)
            yield return Value("io.writeBytes", written);
        if (now.NetworkRead is { } received)
            yield return Value("net.readBytes", received);
        if (now.NetworkWritten is { } sent)
            yield return Value("net.writeBytes", sent);
        if (now.Pids != 0)
            yield return Value("pids", now.Pids);
    }

    private static double? Utilization(TimeSpan used, TimeSpan had) =>
        used >= TimeSpan.Zero && had > TimeSpan.Zero ? Math.Min(100, used / had * 100) : null;

    private static Measurement Value(string id, double value) => new() { Id = id, Value = value };
}

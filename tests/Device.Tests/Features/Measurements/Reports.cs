using Leda.Harness.Device.Engines;
using Leda.Harness.Device.Tests.Support;

namespace Leda.Harness.Device.Tests.Features.Measurements;

/// <summary>What tests of metrics have in common.</summary>
internal static class Reports
{
    /// <summary>A request for data every second.</summary>
    public const string EverySecond = """{"frequency":"1s"}""";

    /// <summary>A device with one running container that reports every second.</summary>
    public static async Task<DeviceHost> ReportingAsync(World world, ScriptedEngine? engine = null)
    {
        var device = await world.StartRegisteredAsync(new DeviceOptions { Engine = engine });
        await world.CreateAsync(start: true);
        await world.RequestAsync(EverySecond);
        return device;
    }

    /// <summary>What a container used so far.</summary>
    public static ResourceUsage Usage(int cpuSeconds, int machineSeconds) => new()
    {
        CpuTime = TimeSpan.FromSeconds(cpuSeconds),
        MachineCpuTime = TimeSpan.FromSeconds(machineSeconds),
        MemoryUsed = 1024,
        MemoryTotal = 4096,
        NetworkRead = 736,
        NetworkWritten = 0,
        Pids = 2,
    };

    /// <summary>One usage after the other.</summary>
    public static Func<Task<ResourceUsage?>> Script(params ResourceUsage[] usages)
    {
        var next = 0;
        return () => Task.FromResult<ResourceUsage?>(usages[next++]);
    }
}

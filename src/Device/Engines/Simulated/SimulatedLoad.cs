using System.Text;
using Leda.Harness.Protocol;

namespace Leda.Harness.Device.Engines.Simulated;

/// <summary>What a simulated process uses: what it was told, else little, and the same for the same container each time.</summary>
internal sealed class SimulatedLoad
{
    // A process that takes all it can get fills the machine in half a minute.
    private const double GrowthPerSecond = 256 << 20;
    private const double Mebi = 1 << 20;

    private readonly Curve _cpu;
    private readonly Curve _memory;
    private readonly int _pids;
    private readonly int _netRate;
    private TimeSpan? _growsFrom;

    /// <param name="containerId">Where chance starts.</param>
    /// <param name="told">What it was told.</param>
    public SimulatedLoad(string containerId, Behaviour told)
    {
        var chance = new IdSource(Encoding.UTF8.GetBytes(containerId).Aggregate(17, (sum, octet) => unchecked((sum * 31) + octet)));
        var busy = chance.Next(1, 40) / 100.0;
        var resident = chance.Next(50, 150) / 100.0 * Mebi;
        _cpu = told.Cpu ?? new Curve(busy / 2, busy, TimeSpan.FromSeconds(20));
        _memory = told.Memory ?? new Curve(resident, resident + Mebi, TimeSpan.FromMinutes(1));
        _pids = chance.Next(1, 3);
        _netRate = chance.Next(10, 500);
    }

    /// <summary>From now on it takes all memory that it can get.</summary>
    /// <param name="time">How long it has run.</param>
    public void Grow(TimeSpan time) => _growsFrom ??= time;

    /// <summary>When it will have taken more memory than this, if ever.</summary>
    public TimeSpan? Exceeds(double limit, TimeSpan time) =>
        _growsFrom is { } from ? from + Growth.Exceeds(limit, time - from) : _memory.Exceeds(limit, time);

    /// <summary>What it uses after it has run for so long.</summary>
    public ResourceUsage At(TimeSpan time, TimeSpan machineCpuTime, long memory) => new()
    {
        CpuTime = TimeSpan.FromSeconds(_cpu.SumUntil(time) / 100 * SimulatedMachine.Processors),
        MachineCpuTime = machineCpuTime,
        MemoryUsed = Math.Min((long)(_growsFrom is { } from ? Growth.At(time - from) : _memory.At(time)), memory),
        MemoryTotal = memory,
        NetworkRead = 736 + (long)(_netRate * time.TotalSeconds),
        NetworkWritten = (long)(_netRate / 2 * time.TotalSeconds),
        Pids = _pids,
    };

    private Curve Growth =>
        new(_memory.Low, SimulatedMachine.Memory, TimeSpan.FromSeconds(2 * SimulatedMachine.Memory / GrowthPerSecond), Returns: false);
}

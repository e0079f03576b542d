namespace Leda.Harness.Device.Engines.Simulated;

/// <summary>The machine that simulated containers run on; it was started an hour before the device.</summary>
internal sealed class SimulatedMachine(TimeProvider time)
{
    /// <summary>How many processors it has.</summary>
    public const int Processors = 4;

    /// <summary>How much memory it has, in bytes: 8 GiB.</summary>
    public const long Memory = 8L << 30;

    private static readonly TimeSpan _before = TimeSpan.FromHours(1);

    private readonly long _started = time.GetTimestamp();

    /// <summary>The time that all its processors together have had.</summary>
    public TimeSpan CpuTime => (time.GetElapsedTime(_started) + _before) * Processors;
}

namespace Leda.Harness.Device.Engines;

/// <summary>What a container's processes use, at one moment.</summary>
public sealed record ResourceUsage
{
    /// <summary>Processor time used since the start, all processors together.</summary>
    public required TimeSpan CpuTime { get; init; }

    /// <summary>Processor time that the whole machine has had since it was started, idle or not, all processors together.</summary>
    public required TimeSpan MachineCpuTime { get; init; }

    /// <summary>Memory in use without the file cache that can be given back, in bytes.</summary>
    public required long MemoryUsed { get; init; }

    /// <summary>Memory that it may use, at most the machine's, in bytes.</summary>
    public required long MemoryTotal { get; init; }

    /// <summary>Bytes read from block devices since the start; <see langword="null"/> if unknown.</summary>
    public long? IoRead { get; init; }

    /// <summary>Bytes written to block devices since the start; <see langword="null"/> if unknown.</summary>
    public long? IoWritten { get; init; }

    /// <summary>Bytes received since the start; <see langword="null"/> if unknown.</summary>
    public long? NetworkRead { get; init; }

    /// <summary>Bytes sent since the start; <see langword="null"/> if unknown.</summary>
    public long? NetworkWritten { get; init; }

    /// <summary>How many processes there are; 0 if unknown.</summary>
    public long Pids { get; init; }
}

namespace Leda.Harness.Device.Engines.Simulated;

/// <summary>What a simulated container was told to do by its environment; see <see cref="BehaviourReader"/> for how.</summary>
internal sealed record Behaviour
{
    /// <summary>How long its image is pulled, unless it is there.</summary>
    public TimeSpan PullTime { get; init; }

    /// <summary>What pulling its image fails with.</summary>
    public string? PullError { get; init; }

    /// <summary>What each start fails with.</summary>
    public string? StartError { get; init; }

    /// <summary>How long its process runs by itself; default until it is told to end.</summary>
    public TimeSpan? ExitAfter { get; init; }

    /// <summary>What its process ends with, after its time or when it is told to.</summary>
    public int ExitCode { get; init; }

    /// <summary>How long its process runs until the kernel kills it for want of memory.</summary>
    public TimeSpan? OomAfter { get; init; }

    /// <summary>The signals that do nothing to it.</summary>
    public IReadOnlyList<Signal> Ignored { get; init; } = [];

    /// <summary>Percent of the whole machine's processors.</summary>
    public Curve? Cpu { get; init; }

    /// <summary>Bytes of memory.</summary>
    public Curve? Memory { get; init; }
}

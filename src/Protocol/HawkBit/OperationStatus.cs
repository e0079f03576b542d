namespace Leda.Harness.Protocol.HawkBit;

/// <summary>
/// The value of <c>lastOperation</c> and <c>lastFailedOperation</c> (OperationStatus 2.0.0, <c>payloads.md</c> 3): it has either a
/// <see cref="SoftwareModule"/> or <see cref="Software"/>.
/// </summary>
public sealed record OperationStatus
{
    /// <summary>The id that the command had; empty when it had none.</summary>
    public required string CorrelationId { get; init; }

    /// <summary>One of <see cref="HawkBit.SoftwareStatus"/>.</summary>
    public required string Status { get; init; }

    /// <summary>What is downloaded or installed.</summary>
    public SoftwareModule? SoftwareModule { get; init; }

    /// <summary>What is removed.</summary>
    public IReadOnlyList<DependencyDescription>? Software { get; init; }

    /// <summary>How much of it is done, in percent; Kanto's container management never tells.</summary>
    public int? Progress { get; init; }

    /// <summary>What went wrong, for people.</summary>
    public string? Message { get; init; }
}

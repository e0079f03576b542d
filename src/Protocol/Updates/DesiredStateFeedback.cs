namespace Leda.Harness.Protocol.Updates;

/// <summary>How far an update agent is with a desired state (<c>payloads.md</c> c.2).</summary>
public sealed record DesiredStateFeedback
{
    /// <summary>The baseline that it is about, as the command called it; absent if it is about all.</summary>
    public string? Baseline { get; init; }

    /// <summary>One of <see cref="UpdateStatus"/>.</summary>
    public required string Status { get; init; }

    /// <summary>What went wrong, for people.</summary>
    public string? Message { get; init; }

    /// <summary>All actions of the desired state, also those of other baselines.</summary>
    public IReadOnlyList<FeedbackAction>? Actions { get; init; }
}

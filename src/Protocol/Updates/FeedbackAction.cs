namespace Leda.Harness.Protocol.Updates;

/// <summary>What is done to one component, and how far that is.</summary>
public sealed record FeedbackAction
{
    /// <summary>The component.</summary>
    public required ComponentVersion Component { get; init; }

    /// <summary>One of <see cref="UpdateActionStatus"/>.</summary>
    public required string Status { get; init; }

    /// <summary>Percent, if it is known; the containers' update agent never says.</summary>
    public int Progress { get; init; }

    /// <summary>For people.</summary>
    public string? Message { get; init; }
}

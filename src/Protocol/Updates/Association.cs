namespace Leda.Harness.Protocol.Updates;

/// <summary>One node of an <see cref="Inventory"/> belongs to another.</summary>
public sealed record Association
{
    /// <summary>The one that looks after the other.</summary>
    public required string SourceId { get; init; }

    /// <summary>The one that is looked after.</summary>
    public required string TargetId { get; init; }
}

namespace Leda.Harness.Conformance;

/// <summary>What was played once and is looked at by many requirements: a stretch of the record.</summary>
internal record Scene
{
    /// <summary>The first entry.</summary>
    public long From { get; init; }

    /// <summary>The first entry behind it.</summary>
    public long To { get; init; }
}

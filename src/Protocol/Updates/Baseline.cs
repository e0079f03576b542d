namespace Leda.Harness.Protocol.Updates;

/// <summary>Components that are updated together.</summary>
public sealed record Baseline
{
    /// <summary>Its name, which commands use.</summary>
    public string? Title { get; init; }

    /// <summary>What it is, for people.</summary>
    public string? Description { get; init; }

    /// <summary>What has to be so before; free text that no known agent looks at.</summary>
    public string? Preconditions { get; init; }

    /// <summary>Its components, as <c>domain:name</c>; those of other domains are somebody else's.</summary>
    public IReadOnlyList<string?>? Components { get; init; }
}

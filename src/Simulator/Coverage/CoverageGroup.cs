namespace Leda.Harness.Simulator.Coverage;

/// <summary>Things of one kind that a run can exercise.</summary>
/// <param name="Name">What they are.</param>
/// <param name="Items">All that the profile knows, in its order.</param>
/// <param name="Others">What was seen besides, which does not count.</param>
public sealed record CoverageGroup(string Name, IReadOnlyList<CoverageItem> Items, IReadOnlyList<CoverageItem> Others)
{
    /// <summary>How many of them were exercised.</summary>
    public int Covered => Items.Count(item => item.Count > 0);
}

namespace Leda.Harness.Simulator.Coverage;

/// <summary>One thing that a run can exercise.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Count">How often it was exercised.</param>
public sealed record CoverageItem(string Name, long Count);

namespace Leda.Harness.Simulator.Coverage;

/// <summary>What of a protocol a run has exercised.</summary>
/// <param name="Profile">The profile whose protocol it is.</param>
/// <param name="Groups">Topics, operations, statuses …</param>
public sealed record CoverageReport(string Profile, IReadOnlyList<CoverageGroup> Groups)
{
    /// <summary>How many things there are.</summary>
    public int Total => Groups.Sum(group => group.Items.Count);

    /// <summary>How many of them were exercised.</summary>
    public int Covered => Groups.Sum(group => group.Covered);

    /// <summary>The share that was exercised, from 0 to 100.</summary>
    public double Percent => 100.0 * Covered / Total;

    /// <summary>The whole in one line.</summary>
    public string Summary => $"protocol coverage {Rounded} %: {Covered} of {Total} of {Profile}";

    /// <summary>The share for people, rounded down, so that 100 means all.</summary>
    public string Rounded => $"{Math.Floor(Percent * 10) / 10:0.#}";
}

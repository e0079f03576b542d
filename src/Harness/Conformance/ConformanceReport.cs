using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Simulator.Coverage;

namespace Leda.Harness.Conformance;

/// <summary>What is known about a device in the end.</summary>
/// <param name="Identity">Who it was told to be.</param>
/// <param name="Profile">Against what it was held.</param>
/// <param name="Where">Where it was reached.</param>
/// <param name="Started">When.</param>
/// <param name="Results">All requirements, in the order in which they were played.</param>
internal sealed record ConformanceReport(
    GatewayIdentity Identity, string Profile, string Where, DateTimeOffset Started, IReadOnlyList<RequirementResult> Results)
{
    /// <summary>Which part of the protocol was exercised; <see langword="null"/> if nobody counted.</summary>
    public CoverageReport? Coverage { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>Whether the suite was cut short.</summary>
    public bool IsInterrupted { get; init; }

    /// <summary>Those that failed.</summary>
    public IEnumerable<RequirementResult> Failures => Results.Where(r => r.Outcome == Outcome.Failed);

    /// <summary>How many have that outcome.</summary>
    public int Count(Outcome outcome) => Results.Count(r => r.Outcome == outcome);

    /// <summary>The whole in one line.</summary>
    public string Summary =>
        $"{Count(Outcome.Passed)} passed, {Count(Outcome.Failed)} failed, {Count(Outcome.NotApplicable)} not applicable";
}

namespace Leda.Harness.Simulator.Coverage;

/// <summary>The states of software operations.</summary>
internal sealed class SoftwareStateAspect(CoverageProfile profile) : Aspect
{
    private readonly SoftwareReports _reports = new();

    public override string Name => "software states";

    public override IReadOnlyList<string> Universe { get; } = [.. profile.SoftwarePaths.SelectMany(path => path).Concat(profile.SoftwareFailures).Distinct()];

    public override IEnumerable<string> Of(SpokenMessage message) => _reports.Next(message) is var (_, to) ? [to] : [];
}

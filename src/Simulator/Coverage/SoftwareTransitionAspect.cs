using Leda.Harness.Simulator.Referee.Memory;

namespace Leda.Harness.Simulator.Coverage;

/// <summary>The steps of software operations: along their ways, and from there into failure where the state machine of the rules allows it.</summary>
internal sealed class SoftwareTransitionAspect(CoverageProfile profile) : Aspect
{
    private SoftwareReports _reports = new();

    public override string Name => "software transitions";

    public override IReadOnlyList<string> Universe { get; } =
    [
        .. from path in profile.SoftwarePaths
           from step in path.Prepend("").Zip(path)
           select Transition.Show(step.First, step.Second),
        .. from state in profile.SoftwarePaths.SelectMany(path => path.SkipLast(1)).Distinct()
           from failure in profile.SoftwareFailures
           where OperationStates.Next(state).Contains(failure)
           select Transition.Show(state, failure),
    ];

    public override IEnumerable<string> Of(SpokenMessage message) => _reports.Next(message) is var (from, to) && from != to ? [Transition.Show(from, to)] : [];

    public override void Begin() => _reports = new SoftwareReports();
}

namespace Leda.Harness.Simulator.Coverage;

/// <summary>The steps of containers from state to state.</summary>
internal sealed class ContainerTransitionAspect(CoverageProfile profile) : Aspect
{
    private ContainerReports _reports = new();

    public override string Name => "container transitions";

    public override IReadOnlyList<string> Universe { get; } =
    [
        .. from state in profile.ContainerTransitions
           from next in state.Value
           select Transition.Show(state.Key, next),
    ];

    public override IEnumerable<string> Of(SpokenMessage message) =>
        _reports.Next(message).Where(step => step.From != step.To).Select(step => Transition.Show(step.From, step.To));

    public override void Begin() => _reports = new ContainerReports();
}

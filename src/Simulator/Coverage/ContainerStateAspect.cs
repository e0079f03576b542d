using Leda.Harness.Simulator.Referee;

namespace Leda.Harness.Simulator.Coverage;

/// <summary>The states of containers.</summary>
internal sealed class ContainerStateAspect(CoverageProfile profile) : Aspect
{
    public override string Name => "container states";

    public override IReadOnlyList<string> Universe { get; } = [.. profile.ContainerTransitions.Values.SelectMany(next => next).Distinct()];

    public override IEnumerable<string> Of(SpokenMessage message) => message.Signal is { Kind: "twin command" } signal
        ? signal.Features.Where(part => part.Family == FeatureFamily.Container).Select(part => part.Find("/properties/status/state")?.Value.Text("status")).OfType<string>()
        : [];
}

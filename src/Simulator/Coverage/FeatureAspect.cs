using Leda.Harness.Simulator.Referee.Contract;

namespace Leda.Harness.Simulator.Coverage;

/// <summary>What devices write of their features, whole or in part, delete, and send of themselves.</summary>
internal sealed class FeatureAspect(SchemaCatalogue catalogue, CoverageProfile profile) : Aspect
{
    public override string Name => "features";

    public override IReadOnlyList<string> Universe { get; } =
    [
        .. Places(catalogue, profile).Where(place => !place.Contains("/inbox/", StringComparison.Ordinal)).OrderBy(place => place.Contains('/', StringComparison.Ordinal)),
        .. profile.Deleted.Select(Deleted),
    ];

    public override IEnumerable<string> Of(SpokenMessage message) => message.Signal switch
    {
        { Kind: "live event" } => message.Place is { } place ? [place] : [],
        { Kind: "twin command", Topic.Action: "delete", Resource: { FeatureId: { } gone, Pointer.IsRoot: true } } signal => [Deleted(signal.FamilyOf(gone))],
        { Kind: "twin command" } signal => signal.Features.Select(part => part.Family + part.Below),
        _ => [],
    };

    private static string Deleted(string family) => $"{family}, deleted";
}

using Leda.Harness.Protocol.Hono;

namespace Leda.Harness.Simulator.Coverage;

/// <summary>The statuses of answers.</summary>
internal sealed class StatusAspect(CoverageProfile profile) : Aspect
{
    public override string Name => "answers";

    public override IReadOnlyList<string> Universe { get; } = [.. profile.Statuses.Select(status => $"{status}")];

    public override IEnumerable<string> Of(SpokenMessage message) => message switch
    {
        { Bus: { Kind: DeviceTopicKind.CommandResponse } bus } => [$"{bus.Status}"],
        { Bus: null, Signal: { IsLiveResponse: true, Envelope.Status: { } status } } => [$"{status}"],
        _ => [],
    };
}

using Leda.Harness.Protocol.Hono;

namespace Leda.Harness.Simulator.Coverage;

/// <summary>The kinds of bus topics.</summary>
internal sealed class TopicAspect(CoverageProfile profile) : Aspect
{
    public override string Name => "topics";

    public override IReadOnlyList<string> Universe => profile.Topics;

    public override IEnumerable<string> Of(SpokenMessage message) => message.Bus switch
    {
        { Kind: DeviceTopicKind.Event } => ["event"],
        { Kind: DeviceTopicKind.Telemetry } => ["telemetry"],
        { Kind: DeviceTopicKind.CommandRequest } => [message.IsTwoWay ? "command" : "one-way command"],
        { Kind: DeviceTopicKind.CommandResponse } => ["response"],
        _ => message.Topic.StartsWith("edge/", StringComparison.Ordinal) ? [message.Topic] : [],
    };
}

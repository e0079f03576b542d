using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Simulator.Referee;
using Leda.Harness.Simulator.Referee.Memory;

namespace Leda.Harness.Simulator.Coverage;

/// <summary>How containers go on. One that was there before is registered as whatever it is.</summary>
internal sealed class ContainerReports : StateReports
{
    private static readonly FeaturePlace _state = new("/properties/status/state");

    private readonly Recent<(string Thing, string Feature), string> _last = new(1_000);

    public override IEnumerable<(string? From, string To)> Next(SpokenMessage message)
    {
        if (message.Signal is not { Kind: "twin command" } signal)
            yield break;
        foreach (var part in signal.Features)
        {
            if (part.Family != FeatureFamily.Container || part.Find(_state)?.Value.Text("status"u8) is not { } to)
                continue;
            var key = (signal.Topic.ThingId.ToString(), part.Id);
            var from = _last.Find(key) ?? (to == ContainerState.Created ? "" : null);
            _last.Put(key, to);
            yield return (from, to);
        }
    }
}

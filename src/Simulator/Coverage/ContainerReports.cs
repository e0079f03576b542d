using Leda.Harness.Simulator.Referee;
using Leda.Harness.Simulator.Referee.Memory;

namespace Leda.Harness.Simulator.Coverage;

/// <summary>How containers go on, as their devices tell it.</summary>
internal sealed class ContainerReports
{
    private const string State = "/properties/status/state";

    private readonly Recent<(string Thing, string Feature), string> _last = new(1_000);

    /// <summary>The states that a message reports, each with the one before; empty for none.</summary>
    public IEnumerable<(string From, string To)> Next(SpokenMessage message)
    {
        if (message.Signal is not { Kind: "twin command" } signal)
            yield break;
        foreach (var part in signal.Features)
        {
            if (part.Family != FeatureFamily.Container || part.Find(State)?.Value.Text("status") is not { } to)
                continue;
            var key = (signal.Topic.ThingId.ToString(), part.Id);
            var from = _last.Find(key);
            var isNews = part.Below.Length > 0 || to == Protocol.Kanto.ContainerState.Created;
            _last.Put(key, to);
            if (from is not null || isNews)
                yield return (from ?? "", to); // a container that was there before is registered as whatever it is
        }
    }
}

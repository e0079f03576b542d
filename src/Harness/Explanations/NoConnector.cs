using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Explanations;

/// <summary>There is no cloud connector.</summary>
internal sealed class NoConnector : Cause
{
    /// <inheritdoc/>
    public override Explanation? Find(Record record)
    {
        var isThere = record.All.Any(e => e.Kind == JournalKind.Publish && e.Topic is EdgeTopics.ThingResponse or EdgeTopics.RemoteStatus);
        return !record.IsWhole || isThere || record.IsAboutAsking
            ? null
            : Missing($"there is no cloud connector: nobody has published on {EdgeTopics.RemoteStatus} or {EdgeTopics.ThingResponse}");
    }
}

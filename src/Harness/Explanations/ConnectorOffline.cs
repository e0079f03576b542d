using System.Text.Json;
using Leda.Harness.Conformance;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Explanations;

/// <summary>The cloud cannot be reached: commands do not go out, and what devices say is not taken.</summary>
internal sealed class ConnectorOffline : Cause
{
    /// <inheritdoc/>
    public override Explanation? Find(Record record)
    {
        if (record.IsAboutAsking)
            return null;
        var last = record.All.LastOrDefault(e => e.Kind == JournalKind.Publish && e.Topic == EdgeTopics.RemoteStatus);
        if (last is null || !JsonText.TryParse(last.Payload.Span, out var status, out _) || Json.At(status, "connected") is not { ValueKind: JsonValueKind.False })
            return null;
        var cause = Json.Text(status, "cause") is { } known ? $" ({known})" : "";
        return At(last, $"the connector is offline{cause}: commands do not go out, and what devices publish does not reach the twins");
    }
}

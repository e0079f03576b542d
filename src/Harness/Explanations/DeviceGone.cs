using Leda.Harness.Protocol.Hono;
using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Explanations;

/// <summary>Who spoke for the thing, or took its commands, has left the bus.</summary>
internal sealed class DeviceGone : Cause
{
    /// <inheritdoc/>
    public override Explanation? Find(Record record)
    {
        if (!record.SeesTheBroker)
            return null;
        var thing = record.Awaited.Thing.ToString();
        var speakers = record.All.Where(e => IsOf(e, thing)).Select(e => e.Who).ToHashSet();
        var last = record.All.Where(e => e.Kind is JournalKind.Connect or JournalKind.Disconnect && speakers.Contains(e.Who))
            .GroupBy(e => e.Who).Select(g => g.Last()).ToList();
        if (last.Count == 0 || last.Any(e => e.Kind == JournalKind.Connect))
            return null;
        var gone = last.MaxBy(e => e.Sequence)!;
        return At(gone, $"the device of {thing} (client {gone.Who}) has left the bus{(gone.Detail.Length > 0 ? $": {gone.Detail}" : "")}; nobody speaks for it since");
    }

    private static bool IsOf(JournalEntry entry, string thing) => entry.Kind switch
    {
        JournalKind.Subscribe => entry.Topic == DeviceTopic.CommandFilter(thing) || entry.Topic == $"c//{thing}/q/#",
        JournalKind.Publish => DeviceTopic.TryParse(entry.Topic, out var topic, out _) && topic.Device == thing && topic.Kind != DeviceTopicKind.CommandRequest,
        _ => false,
    };
}

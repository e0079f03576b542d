using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Hono;
using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Explanations;

/// <summary>A message that would have been it, but for one thing.</summary>
internal abstract class RepairedMessage : Cause
{
    /// <inheritdoc/>
    public override Explanation? Find(Record record)
    {
        foreach (var message in record.Messages.Reverse())
        {
            if (message is { Bus: { } bus, Envelope: { } envelope } && !record.Awaited.Matches(message.Entry)
                && Repair(message, bus, envelope, record.Awaited) is var (entry, text) && record.Awaited.Matches(entry))
            {
                return At(message.Entry, text);
            }
        }

        return null;
    }

    /// <summary>The message as it should have been, and what is wrong with it; <see langword="null"/> if it is right in this respect.</summary>
    protected abstract (JournalEntry Entry, string Text)? Repair(PublishedMessage message, DeviceTopic bus, Envelope envelope, Awaited awaited);

    /// <summary>The topic of an envelope with another thing.</summary>
    protected static string TopicOf(Envelope envelope, ThingId thing) =>
        envelope.Topic.Split('/', 3) is [_, _, var rest] ? $"{thing.Namespace}/{thing.Name}/{rest}" : envelope.Topic;
}

namespace Leda.Harness.Explanations;

/// <summary>Somebody listens, but to another topic.</summary>
internal sealed class OtherSubscription : Cause
{
    /// <inheritdoc/>
    public override Explanation? Find(Record record)
    {
        if (record.Awaited.Subscriber is { } client)
            return FindMessage(record, client);
        foreach (var command in record.Commands.Reverse())
        {
            var open = record.SubscriptionsAt(command.Entry.Sequence);
            var nearest = open.Any(s => Record.Takes(s, command.Bus))
                ? null
                : open.Where(s => Record.IsForCommands(s.Topic)).MaxBy(s => Common(s.Topic, command.Entry.Topic));
            if (nearest is not null)
                return At(nearest, $"{nearest.Who} has subscribed to {nearest.Topic}, and nobody to the topic of the command #{command.Entry.Sequence}, {command.Entry.Topic}");
        }

        return null;
    }

    /// <summary>The message that came nearest to what a client has subscribed to.</summary>
    private Explanation? FindMessage(Record record, string client)
    {
        var near = from subscription in record.SubscriptionsAt(long.MaxValue)
                   where subscription.Who == client
                   from message in record.Messages
                   let common = Common(subscription.Topic, message.Entry.Topic)
                   where common > 0 && message.Entry.Who != client
                   orderby common descending, message.Entry.Sequence descending
                   select (Filter: subscription.Topic, message.Entry);
        return near.FirstOrDefault() is { Entry: { } entry } nearest
            ? At(entry, $"{entry.Who} has published on {entry.Topic}; {client} has subscribed to {nearest.Filter}")
            : null;
    }

    /// <summary>How many levels of both are the same, each at its place; the first has to be.</summary>
    private static int Common(string filter, string topic)
    {
        var levels = filter.Split('/').Zip(topic.Split('/')).ToList();
        return levels[0].First == levels[0].Second ? levels.Count(l => l.First == l.Second || l.First == "+") : 0;
    }
}

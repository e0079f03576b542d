namespace Leda.Harness.Explanations;

/// <summary>Nobody on the bus takes commands.</summary>
internal sealed class NoSubscriber : Cause
{
    /// <inheritdoc/>
    public override Explanation? Find(Record record)
    {
        if (!record.SeesTheBroker || !record.IsWhole)
            return null;
        foreach (var command in record.Commands.Reverse())
        {
            if (!record.SubscriptionsAt(command.Entry.Sequence).Any(s => Record.IsForCommands(s.Topic)))
                return At(command.Entry, $"the command {command.Name} went out on {command.Entry.Topic}, and nobody on the bus has subscribed to commands: a device does when it is registered");
        }

        return null;
    }
}

using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Hono;
using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Explanations;

/// <summary>It came for another thing.</summary>
internal sealed class OtherDevice : RepairedMessage
{
    /// <inheritdoc/>
    protected override (JournalEntry Entry, string Text)? Repair(PublishedMessage message, DeviceTopic bus, Envelope envelope, Awaited awaited)
    {
        if (envelope.Topic.Split('/', 3) is not [var space, var name, _])
            return null;
        var thing = awaited.Thing.ToString();
        var isOther = name != awaited.Thing.Name || (bus.Device.Length > 0 && bus.Device != thing && space == awaited.Thing.Namespace);
        return isOther
            ? (message.With(bus.Tenant, thing, envelope with { Topic = TopicOf(envelope, awaited.Thing) }),
                $"it came for {(name == awaited.Thing.Name ? bus.Device : $"{space}:{name}")} on {bus}; it was expected for {thing}")
            : null;
    }
}

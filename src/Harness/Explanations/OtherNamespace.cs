using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Hono;
using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Explanations;

/// <summary>It came for a thing of the same name in another namespace.</summary>
internal sealed class OtherNamespace : RepairedMessage
{
    /// <inheritdoc/>
    protected override (JournalEntry Entry, string Text)? Repair(PublishedMessage message, DeviceTopic bus, Envelope envelope, Awaited awaited)
    {
        if (envelope.Topic.Split('/', 3) is not [var space, var name, _] || name != awaited.Thing.Name || space == awaited.Thing.Namespace)
            return null;
        var isTenant = space == awaited.Gateway.TenantId ? ", which is the tenant" : "";
        return (
            message.With(bus.Tenant, awaited.Thing.ToString(), envelope with { Topic = TopicOf(envelope, awaited.Thing) }),
            $"it came with the namespace '{space}'{isTenant}; the namespace of {awaited.Thing} is '{awaited.Thing.Namespace}', what stands before the first colon of the device id");
    }
}

using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Signals;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Connector;

/// <summary>
/// Applies what devices say about their twins. Real traffic is never rejected because it is ugly; what cannot be applied is answered to
/// nobody (Kanto sends <c>response-required: false</c>) but published as Ditto's error envelope, so that it can be seen.
/// </summary>
/// <param name="things">The twins.</param>
/// <param name="signals">Takes each error, in Ditto's form.</param>
public sealed class TwinFeed(ThingStore things, SignalHub signals)
{
    /// <summary>Applies one message of a device. Anything but a twin command of this device or its children changes nothing.</summary>
    /// <param name="device">The device that the channel stands for (<c>connectors-and-leda.md</c> 4.6: only its own thing, or a child's).</param>
    /// <param name="payload">An envelope; anything else is the referee's business.</param>
    public async ValueTask ApplyAsync(string device, ReadOnlyMemory<byte> payload)
    {
        if (!Envelope.TryParse(payload.Span, out var envelope, out _) || !TopicPath.TryParse(envelope.Topic, out var topic, out _))
            return;
        if (topic is not { Channel: TopicPath.TwinChannel, Criterion: Criterion.Commands } || envelope.Status is not null)
            return;
        await signals.RoomAsync();
        if (Execute(device, topic, envelope) is { } error)
            Refuse(topic.ThingId, envelope, error);
    }

    private DittoError? Execute(string device, TopicPath topic, Envelope envelope)
    {
        if (!Covers(device, topic.ThingId))
            return NotItsOwn(device, topic.ThingId);
        if (!TwinCommand.TryRead(topic, envelope, Caller.Harness, out var command, out var error))
            return error;
        if (command.Path.Kind != ResourceKind.Thing)
            things.Provision(command.Thing);
        return things.Execute(command).Error;
    }

    private static bool Covers(string device, ThingId thing)
    {
        var id = thing.ToString();
        return id == device || id.StartsWith(device + ":", StringComparison.Ordinal);
    }

    private static DittoError NotItsOwn(string device, ThingId thing) => new(
        403, "things:thing.notmodifiable", $"The device '{device}' may not change the Thing with ID '{thing}'.",
        "Publish on the thing's own topic, e/<tenant>/<thing id>, namespace included.");

    private void Refuse(ThingId thing, Envelope command, DittoError error)
    {
        var topic = new TopicPath(thing, TopicPath.TwinChannel, Criterion.Errors, "");
        signals.Publish(new Signal(topic, error.ToEnvelope(topic, command.Headers.CorrelationId), things.Find(thing), null));
    }
}

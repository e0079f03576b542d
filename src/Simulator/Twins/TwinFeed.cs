using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Twins;

/// <summary>
/// Applies what devices say about their twins. Real traffic is never rejected because it is ugly; what cannot be applied is answered to
/// nobody (Kanto sends <c>response-required: false</c>) but published as Ditto's error envelope, so that it can be seen.
/// </summary>
/// <param name="things">The twins.</param>
/// <param name="publish">Takes each event and each error, in Ditto's form.</param>
public sealed class TwinFeed(ThingStore things, Func<Envelope, ValueTask> publish)
{
    /// <summary>Applies one message of a device. Anything but a twin command of this device or its children changes nothing.</summary>
    /// <param name="device">The device that the channel stands for (<c>connectors-and-leda.md</c> 4.6: only its own thing, or a child's).</param>
    /// <param name="payload">An envelope; anything else is the referee's business.</param>
    public async ValueTask ApplyAsync(string device, ReadOnlyMemory<byte> payload)
    {
        if (!Envelope.TryParse(payload.Span, out var command, out _) || !TopicPath.TryParse(command.Topic, out var topic, out _))
            return;
        if (topic is not { Channel: TopicPath.TwinChannel, Criterion: Criterion.Commands } || command.Status is not null)
            return;
        if (!Covers(device, topic.ThingId))
        {
            await RefuseAsync(topic.ThingId, command, NotItsOwn(device, topic.ThingId));
            return;
        }

        if (command.Path != "/" && things.Provision(topic.ThingId) is { } created)
            await publish(created);
        var outcome = things.Execute(topic, command);
        if (outcome.Event is { } change)
            await publish(change);
        else
            await RefuseAsync(topic.ThingId, command, outcome.Error!);
    }

    private static bool Covers(string device, ThingId thing)
    {
        var id = thing.ToString();
        return id == device || id.StartsWith(device + ":", StringComparison.Ordinal);
    }

    private static DittoError NotItsOwn(string device, ThingId thing) => new(
        403, "things:thing.notmodifiable", $"The device '{device}' may not change the Thing with ID '{thing}'.",
        "Publish on the thing's own topic, e/<tenant>/<thing id>, namespace included.");

    private ValueTask RefuseAsync(ThingId thing, Envelope command, DittoError error) => publish(new Envelope
    {
        Topic = new TopicPath(thing, TopicPath.TwinChannel, Criterion.Errors, "").ToString(),
        Headers = DittoHeaders.Of(command.Headers.CorrelationId, false, DittoHeaders.JsonContentType),
        Path = "/",
        Value = error.ToJson(),
        Status = error.Status,
    });
}

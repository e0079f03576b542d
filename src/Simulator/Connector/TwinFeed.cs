using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Simulator.Api;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Registry;
using Leda.Harness.Simulator.Signals;
using Leda.Harness.Simulator.Storage;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Connector;

/// <summary>
/// Carries out what devices send: commands on their twins, and messages and events of the live channel. Real traffic is never rejected because
/// it is ugly. What cannot be applied is published as Ditto's error envelope, so that it can be seen, and told to the device.
/// </summary>
/// <param name="things">The twins.</param>
/// <param name="signals">Takes live signals, and each error, in Ditto's form.</param>
/// <param name="registry">Learns which gateways and children there are; <see langword="null"/> if nobody wants to know.</param>
public sealed class TwinFeed(ThingStore things, SignalHub signals, DeviceRegistry? registry = null)
{
    private const string ErrorResponse = "errors-response";

    /// <summary>Completes when every change until now survives whatever happens; default at once. No device is told of a change before.</summary>
    public Func<Task> KeptAsync { get; init; } = () => Task.CompletedTask;

    internal SignalHub Signals => signals;

    internal ThingStore Things => things;

    /// <summary>The connector's gateway is known and trusted from now on.</summary>
    public void Welcome(GatewayIdentity gateway) => registry?.Welcome(gateway);

    /// <summary>The connector's gateway speaks for a device, itself or a child (<c>connectors-and-leda.md</c> 7.6).</summary>
    public void Meet(GatewayIdentity gateway, string device) => registry?.Provision(gateway, device);

    /// <summary>Applies one message of a device. Anything but a twin command or live signal of this device or its children changes nothing.</summary>
    /// <param name="device">The device that the channel stands for (<c>connectors-and-leda.md</c> 4.6: only its own thing, or a child's).</param>
    /// <param name="payload">An envelope; anything else is the referee's business.</param>
    /// <returns>What the device is told of it: an error in any case, a response unless it says <c>response-required: false</c>, as Kanto's agents
    /// do. Without the header it is told, as Ditto's default is.</returns>
    internal async ValueTask<DeviceAnswer?> ApplyAsync(string device, ReadOnlyMemory<byte> payload)
    {
        if (!Envelope.TryParse(payload.Span, out var envelope, out _) || !TopicPath.TryParse(envelope.Topic, out var topic, out _)
            || envelope.Status is not null || !IsTakenFromDevices(topic))
            return null;
        await signals.RoomAsync();
        if (!Covers(device, topic.ThingId) && !IsForSeveral(topic))
            return Refuse(device, topic, envelope, NotItsOwn(device, topic.ThingId));
        if (topic.Channel == TopicPath.TwinChannel)
            return await ExecuteAsync(device, topic, envelope);
        signals.Publish(new Signal(topic, envelope, things.Find(topic.ThingId), CloudConnector.Origin));
        return null;
    }

    private static bool IsTakenFromDevices(TopicPath topic) => topic.Channel == TopicPath.TwinChannel
        ? topic.Criterion == Criterion.Commands
        : topic.Criterion is Criterion.Messages or Criterion.Events;

    private static bool IsForSeveral(TopicPath topic) => topic is { Channel: TopicPath.TwinChannel, Action: "retrieve", ThingId.Name: "_" };

    private static bool Covers(string device, ThingId thing)
    {
        var id = thing.ToString();
        return id == device || id.StartsWith(device + ":", StringComparison.Ordinal);
    }

    private static DittoError NotItsOwn(string device, ThingId thing) => new(
        403, "things:thing.notmodifiable", $"The device '{device}' may not change the Thing with ID '{thing}'.",
        "Publish on the thing's own topic, e/<tenant>/<thing id>, namespace included.");

    private async ValueTask<DeviceAnswer?> ExecuteAsync(string device, TopicPath topic, Envelope envelope)
    {
        if (!TwinCommand.TryRead(topic, envelope, Caller.Harness, out var command, out var error))
            return Refuse(topic.ThingId.ToString(), topic, envelope, error);
        command = command with { Origin = CloudConnector.Origin };
        var wanted = envelope.Headers.ResponseRequired ?? true;
        if (SeveralThings.AreAskedFor(command))
            return wanted ? Answer(command, SeveralThings.Retrieve(things, command, id => Covers(device, id))) : null;
        if (command.Path.Kind != ResourceKind.Thing && command.Action is "modify" or "merge")
            things.Provision(command.Thing, CloudConnector.Origin);
        var outcome = things.Execute(command);
        if (outcome.Error is { Status: >= 400 } refused)
            return Refuse(topic.ThingId.ToString(), topic, envelope, refused);
        if (!wanted)
            return null;
        try
        {
            await (outcome.Change is null ? Task.CompletedTask : KeptAsync());
            return Answer(command, TwinReply.Of(command, outcome));
        }
        catch (StorageException e)
        {
            return Refuse(topic.ThingId.ToString(), topic, envelope, ApiError.NotKept(e.Message));
        }
    }

    private static DeviceAnswer Answer(TwinCommand command, Envelope response) => new(
        command.Thing.ToString(), response.Status >= 400 ? ErrorResponse : $"{command.Headers.Text("subject") ?? command.Action}-response", response);

    private DeviceAnswer Refuse(string device, TopicPath topic, Envelope command, DittoError error)
    {
        var errors = topic with { Criterion = Criterion.Errors, Action = "" };
        var told = error.ToEnvelope(errors, command.Headers.CorrelationId);
        signals.Publish(new Signal(errors, told, things.Find(topic.ThingId), CloudConnector.Origin));
        return new DeviceAnswer(device, ErrorResponse, told);
    }
}

using System.Threading.Channels;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Api.Acks;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Api.WebSockets;

/// <summary>Executes the twin commands of one socket, in their order (<c>ditto.md</c> 5.3).</summary>
/// <param name="cloud">The twins.</param>
/// <param name="acks">Who acknowledges what.</param>
/// <param name="caller">Who sends them.</param>
/// <param name="connection">The socket, which is not told of its own changes.</param>
/// <param name="answer">Takes what is answered.</param>
internal sealed class TwinRequests(DittoCloud cloud, AckBoard acks, Caller caller, string connection, Func<Envelope, ValueTask> answer)
{
    /// <summary>Executes a command; only acknowledgements of others are not waited for.</summary>
    public async ValueTask ExecuteAsync(TopicPath topic, Envelope envelope, CancellationToken cancellationToken)
    {
        if (!TwinCommand.TryRead(topic, envelope, caller, out var command, out var error) || !AckDemand.TryRead(envelope.Headers, out var demand, out error))
        {
            await answer(error.ToEnvelope(SocketErrors.Topic(topic.ThingId), envelope.Headers.CorrelationId));
            return;
        }

        command = command with { Origin = connection };
        if (Refuse(command, demand) is { } refusal)
            await answer(TwinReply.Refusal(command, refusal));
        else if (command.Action == "retrieve")
            await RetrieveAsync(command, demand);
        else
            await ChangeAsync(command, demand, cancellationToken);
    }

    private static DittoError? Refuse(TwinCommand command, AckDemand demand)
    {
        if (!demand.WantsResponse && AckLabels.RequestedBy(command.Headers) is { Length: > 0 })
            return TwinErrors.HeaderInvalid(AckLabels.Requested, "nothing can be acknowledged with 'response-required' false");
        return command.Thing == ThingId.Any && !SeveralThings.AreAskedFor(command)
            ? TwinErrors.UnknownTopic("'_/_' names no thing; it goes with 'retrieve' and a list of 'thingIds' only.")
            : null;
    }

    private async ValueTask RetrieveAsync(TwinCommand command, AckDemand demand)
    {
        if (!demand.WantsResponse)
            return;
        await answer(SeveralThings.AreAskedFor(command)
            ? SeveralThings.Retrieve(cloud.Things, command)
            : TwinReply.Of(command, cloud.Things.Execute(command)));
    }

    private async ValueTask ChangeAsync(TwinCommand command, AckDemand demand, CancellationToken cancellationToken)
    {
        await cloud.Signals.RoomAsync();
        if (!demand.IsOrdinary)
        {
            _ = CollectAsync(command, acks.ExecuteAsync(command, demand, null, cancellationToken));
            return;
        }

        var outcome = cloud.Things.Execute(command);
        if (demand.WantsResponse || outcome.Error is not null)
            await answer(TwinReply.Of(command, await cloud.KeptAsync(outcome)));
    }

    private async Task CollectAsync(
        TwinCommand command, Task<(System.Collections.Immutable.ImmutableArray<Acknowledgement> Acks, TwinOutcome Outcome)> pending)
    {
        try
        {
            var (all, outcome) = await pending;
            await answer(all switch
            {
                [] => TwinReply.Of(command, outcome),
                [var one] => one.ToEnvelope(command.Thing),
                _ => AggregatedAcks.ToEnvelope(command.Thing, command.Headers.CorrelationId, all),
            });
        }
        catch (Exception e) when (e is OperationCanceledException or ChannelClosedException)
        {
            // the client is gone
        }
        catch (Exception e)
        {
            cloud.Log($"The answer to '{command.Topic}' on a WebSocket failed, which is a defect of the harness: {e}");
        }
    }
}

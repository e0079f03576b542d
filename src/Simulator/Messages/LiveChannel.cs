using System.Collections.Concurrent;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Hono;
using Leda.Harness.Simulator.Connector;
using Leda.Harness.Simulator.Signals;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Messages;

/// <summary>
/// Ditto's live channel (<c>ditto.md</c> 3): brings messages, live commands and live events to whoever listens to the cloud and, by the cloud
/// connector, to the device; and the first answer, wherever it comes from, back to who asked, matched by correlation id.
/// </summary>
/// <param name="things">The twins, as they are when a signal is told.</param>
/// <param name="signals">Those who listen.</param>
/// <param name="time">The clock for time-outs.</param>
/// <param name="ids">Gives request ids.</param>
public sealed class LiveChannel(ThingStore things, SignalHub signals, TimeProvider time, IdSource ids)
{
    /// <summary>How many requests can wait for their answers at once.</summary>
    public const int MaxPending = 10_000;

    private readonly LiveGate _gate = new(things, time);
    private readonly ConcurrentDictionary<string, (LiveSignal Request, TaskCompletionSource<Envelope?> Answer)> _pending = new();
    private volatile CloudConnector? _connector;

    /// <summary>Takes defects of what nobody waits for; default nobody does.</summary>
    public Action<string> Log { get; init; } = _ => { };

    /// <summary>From now on devices are reached by this connector, and their answers taken from it, until it is disposed.</summary>
    public void Attach(CloudConnector connector)
    {
        _connector = connector;
        _ = MatchAsync(connector);
    }

    /// <summary>Sends a signal and waits for the answer if it asks for one.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="cancellationToken">Nobody waits any longer; then it has timed out.</param>
    public async Task<MessageResult> SendAsync(LiveSignal signal, CancellationToken cancellationToken = default)
    {
        var correlationId = signal.Envelope.Headers.CorrelationId ?? "";
        if (_gate.Check(signal) is { } error)
            return Refused(correlationId, error);
        if (signal.Wait <= TimeSpan.Zero)
            return new MessageResult(await DeliverAsync(signal, "") ? MessageOutcome.Sent : MessageOutcome.Offline, correlationId);
        if (_pending.Count >= MaxPending)
            return Refused(correlationId, LiveErrors.TooMany(MaxPending));
        var answer = new TaskCompletionSource<Envelope?>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_pending.TryAdd(correlationId, (signal, answer)))
            return Refused(correlationId, LiveErrors.Duplicate(correlationId));
        try
        {
            await using var silence = time.CreateTimer(_ => answer.TrySetResult(null), null, signal.Wait, Timeout.InfiniteTimeSpan);
            await using var gone = cancellationToken.Register(() => answer.TrySetResult(null));
            if (!await ReachAsync(signal, NewRequestId(correlationId), answer))
                return new MessageResult(MessageOutcome.Offline, correlationId);
            var response = await answer.Task;
            return new MessageResult(response is null ? MessageOutcome.TimedOut : MessageOutcome.Answered, correlationId, _gate.Cut(signal, response));
        }
        finally
        {
            _pending.TryRemove(correlationId, out _);
        }
    }

    /// <summary>Takes an answer: an envelope with a status. The first one wins; one that nobody waits for is dropped, which those who listen
    /// are told as an error.</summary>
    /// <returns>What the responder has to be told; <see langword="null"/> if nothing.</returns>
    public DittoError? Respond(Envelope response)
    {
        if (response.Headers.CorrelationId is not { } id || !_pending.TryGetValue(id, out var pending))
        {
            Note(response, LiveErrors.Unawaited(response.Headers.CorrelationId));
            return null;
        }

        if (LiveResponses.Check(pending.Request, response) is { } problem)
            return LiveErrors.Illegal(problem);
        if (!pending.Answer.TrySetResult(response))
            Note(response, LiveErrors.Unawaited(id));
        return null;
    }

    private static MessageResult Refused(string correlationId, DittoError error) => new(MessageOutcome.Refused, correlationId, null, error);

    /// <summary>Delivers a signal whose answer is awaited: <see langword="false"/> if nobody is there who could answer. When nobody waits any
    /// longer, it goes on its way by itself.</summary>
    private async Task<bool> ReachAsync(LiveSignal signal, string requestId, TaskCompletionSource<Envelope?> answer)
    {
        var delivery = DeliverAsync(signal, requestId);
        await Task.WhenAny(delivery, answer.Task);
        if (delivery.IsCompleted)
            return await delivery;
        _ = WatchAsync(delivery);
        return true;
    }

    private async Task WatchAsync(Task delivery)
    {
        try
        {
            await delivery;
        }
        catch (Exception e)
        {
            Log($"A live signal could not be delivered, which is a defect of the harness: {e}");
        }
    }

    /// <summary>Whether it reached somebody who may answer, as far as that can be known.</summary>
    private async Task<bool> DeliverAsync(LiveSignal signal, string requestId)
    {
        await signals.RoomAsync();
        signals.Publish(new Signal(signal.Topic, signal.Envelope, things.Find(signal.Topic.ThingId), signal.Origin));
        return await ReachDeviceAsync(signal, requestId) || !signal.ForDeviceOnly;
    }

    private async Task<bool> ReachDeviceAsync(LiveSignal signal, string requestId)
    {
        var thing = signal.Topic.ThingId;
        return _connector is { } connector && signal.Origin != CloudConnector.Origin && connector.Serves(thing)
            && await connector.SendCommandAsync(
                DeviceTopic.Command(thing.ToString(), requestId, DeviceSubject.Of(signal.Topic.Action)), signal.Envelope.ToUtf8());
    }

    /// <summary>A request id in the shape of Hono's, which devices must treat as opaque (<c>connectors-and-leda.md</c> 7.4). A correlation id
    /// that cannot stand in a topic is replaced.</summary>
    private string NewRequestId(string correlationId)
    {
        var id = correlationId.Length <= byte.MaxValue && correlationId.All(c => char.IsAsciiLetterOrDigit(c) || "-_.:".Contains(c)) ? correlationId : ids.NewUuid();
        return $"0{id.Length:x2}{id}{ids.Next(0x1000, 0x10000):x}";
    }

    private async Task MatchAsync(CloudConnector connector)
    {
        await connector.Responses.ForEachAsync(async response =>
        {
            if (Respond(response) is { } error && TopicPath.TryParse(response.Topic, out var topic, out _))
            {
                var told = error.ToEnvelope(ErrorsOf(topic.ThingId), response.Headers.CorrelationId);
                await connector.AnswerAsync(new DeviceAnswer(topic.ThingId.ToString(), "errors-response", told));
            }
        });
        foreach (var (_, answer) in _pending.Values)
            answer.TrySetResult(null);
    }

    private static TopicPath ErrorsOf(ThingId thing) => new(thing, TopicPath.LiveChannel, Criterion.Errors, "");

    private void Note(Envelope response, DittoError error)
    {
        if (!TopicPath.TryParse(response.Topic, out var topic, out _))
            return;
        topic = ErrorsOf(topic.ThingId);
        signals.Publish(new Signal(topic, error.ToEnvelope(topic, response.Headers.CorrelationId), null, null));
    }
}

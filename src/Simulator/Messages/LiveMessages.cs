using System.Collections.Concurrent;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Hono;
using Leda.Harness.Simulator.Connector;

namespace Leda.Harness.Simulator.Messages;

/// <summary>
/// Sends live messages to devices and waits for their answers, matched by correlation id (<c>ditto.md</c> 3.1; the first answer wins).
/// </summary>
public sealed class LiveMessages
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Envelope?>> _waiting = new();
    private readonly CloudConnector _connector;
    private readonly TimeProvider _time;
    private readonly IdSource _ids;

    /// <summary>Starts matching answers, until the connector is disposed.</summary>
    /// <param name="connector">The way to the devices.</param>
    /// <param name="time">The clock for time-outs.</param>
    /// <param name="ids">Gives correlation and request ids.</param>
    public LiveMessages(CloudConnector connector, TimeProvider time, IdSource ids)
    {
        _connector = connector;
        _time = time;
        _ids = ids;
        _ = MatchAsync();
    }

    /// <summary>Sends a message and waits for the answer, but not beyond the end of the connector.</summary>
    /// <param name="message">The message.</param>
    /// <param name="timeout">How long to wait; default 60 s, as Ditto.</param>
    public async Task<MessageResult> RequestAsync(LiveMessage message, TimeSpan? timeout = null)
    {
        var wait = timeout ?? DittoDuration.Default;
        var correlationId = _ids.NewUuid();
        var answer = new TaskCompletionSource<Envelope?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[correlationId] = answer;
        try
        {
            var envelope = message.ToEnvelope(correlationId, true, $"{(long)wait.TotalMilliseconds}ms");
            if (!await SendAsync(message, NewRequestId(correlationId), envelope))
                return new MessageResult(MessageOutcome.Offline, correlationId);
            await using var silence = _time.CreateTimer(_ => answer.TrySetResult(null), null, wait, Timeout.InfiniteTimeSpan);
            var response = await answer.Task;
            return new MessageResult(response is null ? MessageOutcome.TimedOut : MessageOutcome.Answered, correlationId, response);
        }
        finally
        {
            _waiting.TryRemove(correlationId, out _);
        }
    }

    /// <summary>Sends a message that nobody is to answer: an empty request id and <c>response-required: false</c>.</summary>
    public async Task<MessageResult> NotifyAsync(LiveMessage message)
    {
        var correlationId = _ids.NewUuid();
        var sent = await SendAsync(message, "", message.ToEnvelope(correlationId, false, null));
        return new MessageResult(sent ? MessageOutcome.Sent : MessageOutcome.Offline, correlationId);
    }

    private Task<bool> SendAsync(LiveMessage message, string requestId, Envelope envelope) =>
        _connector.SendCommandAsync(DeviceTopic.Command(message.Thing.ToString(), requestId, message.Subject), envelope.ToUtf8());

    /// <summary>A request id in the shape of Hono's, which devices must treat as opaque (<c>connectors-and-leda.md</c> 7.4).</summary>
    private string NewRequestId(string correlationId) => $"0{correlationId.Length:x2}{correlationId}{_ids.Next(0x1000, 0x10000):x}";

    private async Task MatchAsync()
    {
        await _connector.Responses.ForEachAsync(response =>
        {
            if (response.Headers.CorrelationId is { } id && _waiting.TryGetValue(id, out var answer))
                answer.TrySetResult(response);
            return ValueTask.CompletedTask;
        });
        foreach (var answer in _waiting.Values)
            answer.TrySetResult(null);
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Threading.Channels;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Api.Messages;
using Leda.Harness.Simulator.Messages;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Api.WebSockets;

/// <summary>Brings what one socket says on the live channel to those who listen and to the device, and brings back the answer; and takes the
/// socket's own answers (<c>ditto.md</c> 3.1, 3.3 and 5.3).</summary>
/// <param name="cloud">The live channel.</param>
/// <param name="timeout">How long an answer is awaited if the message does not say.</param>
/// <param name="caller">Who speaks.</param>
/// <param name="connection">The socket, which is not told of what it sends.</param>
/// <param name="answer">Takes what is answered.</param>
internal sealed class LiveRequests(DittoCloud cloud, TimeSpan timeout, Caller caller, string connection, Func<Envelope, ValueTask> answer)
{
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _longestClaim = TimeSpan.FromMinutes(10);

    // For the cloud alone (ditto.md 1.4), or not understood by Go's clients (A.2).
    private static readonly HashSet<string> _kept = new(StringComparer.OrdinalIgnoreCase)
    {
        "accept", "authorization", "declared-acks", "if-match", "if-none-match", "if-equal", "condition", "live-channel-condition",
        "live-channel-timeout-strategy", "merge-thing-patch-conditions", "allow-policy-lockout", "put-metadata", "get-metadata", "delete-metadata",
        "at-historical-revision", "at-historical-timestamp", "policy-view", "version",
    };

    /// <summary>Sends a message, live command or live event on its way; its answer is not waited for.</summary>
    public async ValueTask SendAsync(TopicPath topic, Envelope envelope, CancellationToken cancellationToken)
    {
        if (!TryRead(topic, envelope, out var signal, out var error))
        {
            await RefuseAsync(topic, envelope, error);
            return;
        }

        await cloud.Signals.RoomAsync();
        _ = AnswerAsync(topic, envelope, signal.Wait, cloud.Live.SendAsync(signal, cancellationToken));
    }

    /// <summary>Takes an answer, which one of those who asked waits for.</summary>
    public ValueTask RespondAsync(TopicPath topic, Envelope response) =>
        cloud.Live.Respond(response) is { } error ? RefuseAsync(topic, response, error) : default;

    private bool TryRead(TopicPath topic, Envelope envelope, [NotNullWhen(true)] out LiveSignal? signal, [NotNullWhen(false)] out DittoError? error)
    {
        signal = null;
        error = topic.Criterion == Criterion.Messages ? CheckMessage(topic, envelope) : CheckPath(topic, envelope);
        var (most, id) = topic.Criterion != Criterion.Messages ? (_longest, "gateway:timeout.invalid")
            : topic.Action == LiveSubjects.Claim ? (_longestClaim, "timeout.invalid") : (_longest, "timeout.invalid");
        if (error is not null || !LiveWait.TryRead(envelope.Headers, timeout, most, id, out var wait, out error))
            return false;
        if (topic.Criterion == Criterion.Events)
            wait = default;
        signal = new LiveSignal(topic, envelope with { Headers = Headers(topic, envelope, wait) }, connection)
        {
            Caller = caller,
            Condition = envelope.Headers.Text("condition"),
            Wait = wait.Wanted ? wait.Timeout : TimeSpan.Zero,
        };
        return true;
    }

    private static DittoError? CheckMessage(TopicPath topic, Envelope envelope)
    {
        if (!MessagePath.TryParse(envelope.Path, out var path, out var problem))
            return TwinErrors.OfPath(envelope.Path, problem);
        if (path.Subject != topic.Action)
            return SocketErrors.OtherSubject(path.Subject, topic.Action);
        return envelope.Value is { } value && JsonMarshal.GetRawUtf8Value(value).Length > MessageBody.Largest ? ApiError.MessageTooLarge(MessageBody.Largest) : null;
    }

    private static DittoError? CheckPath(TopicPath topic, Envelope envelope) => topic.ThingId == ThingId.Any
        ? TwinErrors.UnknownTopic("'_/_' names no thing.")
        : ResourcePath.TryParse(envelope.Path, out _, out var problem) ? null : TwinErrors.OfPath(envelope.Path, problem);

    private DittoHeaders Headers(TopicPath topic, Envelope envelope, LiveWait wait)
    {
        var given = DittoHeaders.From(envelope.Headers.All
            .Where(h => !_kept.Contains(h.Key) && !h.Key.StartsWith("ditto-", StringComparison.OrdinalIgnoreCase))
            .Select(h => KeyValuePair.Create(h.Key, AsWritten(h.Value))));
        if (topic.Criterion == Criterion.Messages)
            return LiveHeaders.OfMessage(given, caller.DefaultSubject, wait.Timeout, wait.Wanted, topic.ThingId, MessagePath.Parse(envelope.Path));
        var headers = LiveHeaders.Of(given, caller.DefaultSubject, wait.Timeout, wait.Wanted);
        return topic.Criterion == Criterion.Events ? headers.With("timeout", null) : headers;
    }

    /// <summary>Ditto keeps what it does not know as text.</summary>
    private static JsonElement AsWritten(JsonElement value) =>
        value.ValueKind is JsonValueKind.String or JsonValueKind.Array ? value : JsonText.String(value.GetRawText());

    private async Task AnswerAsync(TopicPath topic, Envelope request, TimeSpan wait, Task<MessageResult> sent)
    {
        try
        {
            var result = await sent;
            if (result.Error is { } refused)
                await RefuseAsync(topic, request, refused);
            else if (result.Response is { } response)
                await answer(response with { Headers = response.Headers.With("response-required", JsonText.Boolean(false)) });
            else if (wait > TimeSpan.Zero)
                await RefuseAsync(topic, request, LiveErrors.TimedOut(topic.Criterion == Criterion.Commands));
        }
        catch (ChannelClosedException)
        {
            // the client is gone
        }
        catch (Exception e)
        {
            cloud.Log($"The answer to '{topic}' on a WebSocket failed, which is a defect of the harness: {e}");
        }
    }

    private ValueTask RefuseAsync(TopicPath topic, Envelope request, DittoError error) =>
        answer(error.ToEnvelope(SocketErrors.Topic(topic.ThingId, TopicPath.LiveChannel), request.Headers.CorrelationId));
}

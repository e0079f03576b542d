using System.Collections.Immutable;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Api.Acks;
using Leda.Harness.Simulator.History;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Search;
using Leda.Harness.Simulator.Signals;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Api.WebSockets;

/// <summary>One open socket: what comes in is handled in its order, what goes out waits in one queue (<c>ditto.md</c> 5).</summary>
internal sealed class SocketSession : ISignalSubscriber, IDisposable
{
    private static readonly TimeSpan _farewell = TimeSpan.FromSeconds(5);

    private readonly WebSocket _socket;
    private readonly string _id;
    private readonly Caller _caller;
    private readonly DittoCloud _cloud;
    private readonly AckBoard _acks;
    private readonly ImmutableHashSet<string> _labels;
    private readonly SocketOutbox _outbox = new();
    private readonly SocketRequests _requests;
    private readonly SearchSubscriptions _searches;
    private readonly HistorySubscriptions _histories;
    private readonly Subscription?[] _subscriptions = new Subscription?[SignalKinds.Count];
    private (WebSocketCloseStatus Status, string Reason) _end = (WebSocketCloseStatus.NormalClosure, "");
    private bool _listens;

    /// <summary>A session on a socket that is open.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="id">Tells it from all others.</param>
    /// <param name="caller">Who opened it.</param>
    /// <param name="options">How it is offered.</param>
    /// <param name="cloud">What is offered.</param>
    /// <param name="acks">Who acknowledges what.</param>
    /// <param name="labels">The acknowledgements that it declares.</param>
    public SocketSession(WebSocket socket, string id, Caller caller, ApiOptions options, DittoCloud cloud, AckBoard acks, ImmutableHashSet<string> labels)
    {
        (_socket, _id, _caller, _cloud, _acks, _labels) = (socket, id, caller, cloud, acks, labels);
        _requests = new SocketRequests(
            cloud, new TwinRequests(cloud, acks, caller, id, AnswerAsync), new LiveRequests(cloud, options.MessageTimeout, caller, id, AnswerAsync),
            new AckRequests(acks, labels), _searches = new SearchSubscriptions(cloud.Things, caller, cloud.Time, TellAsync),
            _histories = new HistorySubscriptions(cloud.Things, caller, cloud.Time, cloud.Ids, TellAsync), AnswerAsync);
    }

    /// <summary>Serves until the client closes, breaks the rules, or is gone.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = SendAsync(stop);
        try
        {
            if (_acks.Declare(_id, _labels) is { } taken)
                await EndAsync(taken);
            else
                await ReceiveAsync(stop.Token);
        }
        catch (ChannelClosedException)
        {
            // sending has failed, and says so below
        }
        finally
        {
            _cloud.Signals.Unsubscribe(this);
            _acks.Withdraw(_id, _labels);
            _outbox.Complete();
            await using var late = _cloud.Time.CreateTimer(_ => stop.Cancel(), null, _farewell, Timeout.InfiniteTimeSpan);
            await sending;
        }
    }

    /// <summary>Ends its searches and streams of history.</summary>
    public void Dispose()
    {
        _searches.Dispose();
        _histories.Dispose();
    }

    /// <inheritdoc/>
    public void Take(Signal signal)
    {
        if (SignalKinds.Of(signal) is not { } kind)
            return;
        if (signal.Origin == _id || Volatile.Read(ref _subscriptions[(int)kind]) is not { } subscription || !subscription.Covers(signal.Topic.ThingId.Namespace))
            Excuse(signal);
        else if (!_outbox.Add(signal, signal.Thing is { } thing ? _cloud.Things.Access.Of(thing, _caller) : Enforcer.Nothing))
            TellOverflow(signal);
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        if (_labels.Count > 0)
            Listen();
        var reader = new SocketReader(_socket);
        while (true)
        {
            switch (await reader.ReadAsync(cancellationToken))
            {
                case (WebSocketMessageType.Close, _):
                    return;
                case (_, null):
                    _end = (WebSocketCloseStatus.MessageTooBig, $"At most {SocketReader.LargestFrame} bytes are read.");
                    return;
                case (WebSocketMessageType.Binary, _):
                    await RefuseAsync(SocketErrors.NotText(), null);
                    break;
                case (_, { } text) when text.Span.StartsWith("JWT-TOKEN"u8):
                    await EndAsync(SocketErrors.NoToken());
                    return;
                case (_, { } text):
                    await HandleAsync(text, cancellationToken);
                    break;
            }
        }
    }

    private ValueTask HandleAsync(ReadOnlyMemory<byte> text, CancellationToken cancellationToken) =>
        text.Span is [(byte)'S', ..] && ControlMessage.TryParse(Encoding.UTF8.GetString(text.Span), out var control)
            ? ObeyAsync(control)
            : _requests.HandleAsync(text, cancellationToken);

    private async ValueTask ObeyAsync(ControlMessage control)
    {
        Subscription? subscription = null;
        if (control.IsStart && !Subscription.TryRead(control.Parameters, out subscription, out var error))
        {
            await RefuseAsync(error, control.Parameters.GetValueOrDefault("correlation-id"));
            return;
        }

        Volatile.Write(ref _subscriptions[(int)control.Kind], subscription);
        if (control.IsStart)
            Listen();
        await _outbox.AddAsync(Encoding.UTF8.GetBytes(control.Acknowledgement));
    }

    // Who wants nothing is not asked, so that thousands of idle sockets cost a publisher nothing.
    private void Listen()
    {
        if (_listens)
            return;
        _listens = true;
        _cloud.Signals.Subscribe(this);
    }

    private async Task SendAsync(CancellationTokenSource stop)
    {
        try
        {
            while (await _outbox.Waiting.WaitToReadAsync(stop.Token))
            {
                while (_outbox.Waiting.TryRead(out var next))
                    await SendAsync(next.Frame ?? Serve(next.Signal!, next.Reader), stop.Token);
            }

            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await _socket.CloseAsync(_end.Status, _end.Reason, stop.Token);
        }
        finally
        {
            _outbox.Complete();
            stop.Cancel();
        }
    }

    private async ValueTask SendAsync(byte[]? frame, CancellationToken cancellationToken)
    {
        if (frame is not null)
            await _socket.SendAsync(frame.AsMemory(), WebSocketMessageType.Text, true, cancellationToken);
        if (_outbox.TakeDropped() is > 0 and var dropped)
            await _socket.SendAsync(ErrorFrame(SocketErrors.Dropped(dropped), null).AsMemory(), WebSocketMessageType.Text, true, cancellationToken);
    }

    private byte[]? Serve(Signal signal, Enforcer reader)
    {
        var kind = SignalKinds.Of(signal)!.Value;
        var frame = Volatile.Read(ref _subscriptions[(int)kind])?.Serve(signal, reader, _cloud.Time.GetUtcNow());
        if (frame is null)
            Excuse(signal);
        return frame;
    }

    /// <summary>An event that the client does not get does not wait for its acknowledgements (<c>ditto.md</c> 5.4).</summary>
    private void Excuse(Signal signal)
    {
        if (_labels.Count == 0 || signal.Topic is not { Channel: TopicPath.TwinChannel, Criterion: Criterion.Events })
            return;
        var id = signal.Envelope.Headers.CorrelationId ?? "";
        foreach (var label in AckLabels.RequestedBy(signal.Envelope.Headers) ?? [])
        {
            if (_labels.Contains(label))
                _acks.Acknowledge(signal.Topic.ThingId, id, Acknowledgement.Weak(label, id));
        }
    }

    private void TellOverflow(Signal signal)
    {
        var topic = SocketErrors.Topic(signal.Topic.ThingId);
        var note = SocketErrors.Falling(_caller.DefaultSubject).ToEnvelope(topic, signal.Envelope.Headers.CorrelationId);
        _cloud.Signals.Publish(new Signal(topic, note, signal.Thing, _id));
    }

    private async ValueTask EndAsync(DittoError error)
    {
        _end = (WebSocketCloseStatus.PolicyViolation, error.Error);
        await RefuseAsync(error, null);
    }

    private ValueTask RefuseAsync(DittoError error, string? correlationId) => _outbox.AddAsync(ErrorFrame(error, correlationId));

    private byte[] ErrorFrame(DittoError error, string? correlationId) =>
        error.ToEnvelope(SocketErrors.Topic(), correlationId ?? _cloud.Ids.NewUuid()).ToUtf8();

    private ValueTask AnswerAsync(Envelope envelope) => _outbox.AddAsync(envelope.ToUtf8());

    // A search may end by its own clock, when the client is gone already.
    private async ValueTask TellAsync(Envelope envelope)
    {
        try
        {
            await AnswerAsync(envelope);
        }
        catch (ChannelClosedException)
        {
            // nobody is left to be told
        }
    }
}

using System.Threading.Channels;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Signals;

namespace Leda.Harness.Simulator.Api.Streams;

/// <summary>
/// An open stream of signals. What its reader is too slow for waits, up to a bound; beyond it the stream ends with an error, and everybody is
/// told so: a gap in a stream could not be seen.
/// </summary>
/// <param name="cloud">What is listened to.</param>
/// <param name="caller">Who reads.</param>
/// <param name="view">What is to be seen.</param>
/// <param name="writer">Where to.</param>
internal sealed class SignalStream(DittoCloud cloud, Caller caller, ISignalView view, EventWriter writer) : ISignalSubscriber
{
    /// <summary>How much can wait for a slow reader.</summary>
    public const int Capacity = 4_096;

    private static readonly TimeSpan _beat = TimeSpan.FromSeconds(1);

    // A heartbeat has no signal.
    private readonly Channel<(Signal? Signal, Enforcer Reader)> _waiting =
        Channel.CreateBounded<(Signal?, Enforcer)>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    /// <summary>Streams until the reader is gone or too slow.</summary>
    /// <exception cref="OperationCanceledException">The reader is gone.</exception>
    public async ValueTask RunAsync(string? correlationId, CancellationToken cancellationToken)
    {
        cloud.Signals.Subscribe(this);
        try
        {
            await using var heart = cloud.Time.CreateTimer(_ => Beat(), null, _beat, _beat);
            await writer.OpenAsync(correlationId);
            while (await _waiting.Reader.WaitToReadAsync(cancellationToken))
            {
                if (await WriteWaitingAsync())
                    heart.Change(_beat, _beat);
            }

            await writer.WriteAsync(new ServerEvent(JsonText.Write(ApiError.StreamDropped(Capacity).ToJson().WriteTo), "error"));
            await writer.FlushAsync();
        }
        finally
        {
            cloud.Signals.Unsubscribe(this);
        }
    }

    /// <inheritdoc/>
    public void Take(Signal signal)
    {
        if (!view.Concerns(signal))
            return;
        // What may be read is what the policy says now, not when the reader has caught up.
        var reader = signal.Thing is { } thing ? cloud.Things.Access.Of(thing, caller) : Enforcer.Nothing;
        if (!_waiting.Writer.TryWrite((signal, reader)) && _waiting.Writer.TryComplete())
            TellOverflow(signal);
    }

    /// <returns>Whether anything was sent.</returns>
    private async ValueTask<bool> WriteWaitingAsync()
    {
        var wrote = false;
        while (_waiting.Reader.TryRead(out var next))
        {
            if ((next.Signal is null ? ServerEvent.Heartbeat : view.Show(next.Signal, next.Reader, cloud.Time.GetUtcNow())) is not { } said)
                continue;
            wrote = true;
            await writer.WriteAsync(said);
        }

        if (wrote)
            await writer.FlushAsync();
        return wrote;
    }

    private void Beat()
    {
        if (_waiting.Reader.Count == 0)
            _waiting.Writer.TryWrite((null, Enforcer.Nothing));
    }

    private void TellOverflow(Signal signal)
    {
        cloud.Signals.Unsubscribe(this);
        var topic = new TopicPath(signal.Topic.ThingId, TopicPath.TwinChannel, Criterion.Errors, "");
        var note = ApiError.StreamDropped(Capacity) with { Message = $"The event stream of '{caller.DefaultSubject}' is read slower than signals come, and ends." };
        cloud.Signals.Publish(new Signal(topic, note.ToEnvelope(topic, signal.Envelope.Headers.CorrelationId), signal.Thing, null));
    }
}

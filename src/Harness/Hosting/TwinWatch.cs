using System.Threading.Channels;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Signals;

namespace Leda.Harness.Hosting;

/// <summary>
/// The changes of twins from the moment when it was made, in the order in which they happened: each an event of Ditto with the twin as it is
/// after it. For one reader. Ends when it is disposed.
/// </summary>
public sealed class TwinWatch : IAsyncEnumerable<Signal>, ISignalSubscriber, IDisposable
{
    /// <summary>How many changes can wait for the reader.</summary>
    public const int MaxWaiting = 10_000;

    private readonly Channel<Signal> _changes = Channel.CreateBounded<Signal>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly SignalHub _signals;
    private readonly ThingId? _thing;

    internal TwinWatch(SignalHub signals, ThingId? thing)
    {
        _signals = signals;
        _thing = thing;
        signals.Subscribe(this);
    }

    /// <summary>Gives each change as soon as it is there.</summary>
    /// <exception cref="InvalidOperationException">More than <see cref="MaxWaiting"/> changes were not read; those before have been given.</exception>
    public async IAsyncEnumerator<Signal> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        while (await _changes.Reader.WaitToReadAsync(cancellationToken))
        {
            while (_changes.Reader.TryRead(out var change))
                yield return change;
        }
    }

    /// <summary>Watches no longer.</summary>
    public void Dispose()
    {
        _signals.Unsubscribe(this);
        _changes.Writer.TryComplete();
    }

    void ISignalSubscriber.Take(Signal signal)
    {
        if (signal.Topic is not { Channel: TopicPath.TwinChannel, Criterion: Criterion.Events } || (_thing is { } thing && thing != signal.Topic.ThingId))
            return;
        if (_changes.Writer.TryWrite(signal))
            return;
        _signals.Unsubscribe(this);
        _changes.Writer.TryComplete(new InvalidOperationException($"More than {MaxWaiting} changes were not read; read faster, or watch one thing only."));
    }
}

using System.Collections.Immutable;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Signals;

/// <summary>Brings every signal of the cloud to every subscriber, in the order in which it happened; each subscriber chooses for itself.</summary>
public sealed class SignalHub
{
    private ImmutableArray<ISignalSubscriber> _subscribers = [];

    /// <summary>From now on this one is told, until <see cref="Unsubscribe"/>.</summary>
    public void Subscribe(ISignalSubscriber subscriber) => ImmutableInterlocked.Update(ref _subscribers, s => s.Add(subscriber));

    /// <summary>This one is no longer told.</summary>
    public void Unsubscribe(ISignalSubscriber subscriber) => ImmutableInterlocked.Update(ref _subscribers, s => s.Remove(subscriber));

    /// <summary>Tells all.</summary>
    public void Publish(Signal signal)
    {
        foreach (var subscriber in _subscribers)
            subscriber.Take(signal);
    }

    /// <summary>Tells all of a change of a twin.</summary>
    public void Publish(TwinChange change) =>
        Publish(new Signal(change.Topic, change.Event, change.After ?? change.Before, change.Command.Origin));

    /// <summary>Waits until all have room, so that who causes many signals cannot outrun who has to take each.</summary>
    public async ValueTask RoomAsync()
    {
        foreach (var subscriber in _subscribers)
            await subscriber.RoomAsync();
    }
}

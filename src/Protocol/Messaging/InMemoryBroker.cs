using Leda.Harness.Protocol.Messaging.InMemory;

namespace Leda.Harness.Protocol.Messaging;

/// <summary>
/// An MQTT broker without sockets, threads or clock. Everything runs on the caller's <see cref="SynchronizationContext"/>, so that a whole
/// world can run on one thread under a virtual clock and come out the same each time.
/// </summary>
/// <remarks>
/// <para>It behaves as MQTT 3.1.1 says: wildcards, retained messages, wills, persistent sessions, one copy for overlapping filters.
/// Operations are carried out one at a time in the order of the calls; the tap is asked first, and waited for.</para>
/// <para>Two things differ from a real network: nothing is ever lost or doubled, and a client whose place was taken by another one of the
/// same id stays away instead of fighting for it.</para>
/// </remarks>
/// <param name="tap">Sees everything before it takes effect; it must not use this broker from within. Default none.</param>
public sealed class InMemoryBroker(IBusTap? tap = null) : IBusFactory
{
    private readonly Turns _turns = new();
    private readonly Dictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, BusMessage> _retained = new(StringComparer.Ordinal);
    private readonly TopicTrie<Subscription> _index = new();
    private readonly List<Subscription> _matches = [];
    private readonly List<Session> _receivers = [];

    /// <summary>Most messages that wait for one client, whether it is slow or away; default 10,000. Each message beyond that is lost to
    /// this client, is observed as <see cref="BusObservationKind.Overflow"/> and counts in <see cref="Lost"/>.</summary>
    public int MaxWaiting { get; init; } = 10_000;

    /// <summary>How many deliveries were lost because a client did not take its messages. Anything but 0 is a failure.</summary>
    public long Lost { get; private set; }

    /// <inheritdoc/>
    public IMessageBus Create(BusOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Will is { } will && TopicName.Check(will.Topic) is { } problem)
            throw new ArgumentException($"the will cannot be published: {problem}", nameof(options));
        return new InMemoryBus(this, options);
    }

    internal Task ConnectAsync(InMemoryBus bus) => _turns.TakeAsync(async () =>
    {
        if (bus.IsConnected)
            return;
        if (_sessions.TryGetValue(bus.ClientId, out var session) && session.Client is { } other)
            await DropAsync(other, "another client of the same id took over", publishWill: true);
        await ObserveAsync(BusObservationKind.Connect, bus, detail: bus.Options.CleanSession ? "clean session" : "persistent session");
        if (bus.Options.CleanSession && session is not null)
            Forget(session);
        var present = _sessions.TryGetValue(bus.ClientId, out session);
        if (!present)
            _sessions.Add(bus.ClientId, session = new Session(bus.ClientId));
        bus.Attach(session!);
        bus.Enter(new BusEvent.Connected(present));
        while (session!.Waiting.TryDequeue(out var message))
            bus.Enter(new BusEvent.Received(message));
    });

    internal Task LeaveAsync(InMemoryBus bus, string reason, bool publishWill) => _turns.TakeAsync(async () =>
    {
        if (bus.IsConnected)
            await DropAsync(bus, reason, publishWill);
    });

    internal Task SubscribeAsync(InMemoryBus bus, TopicFilter filter, QualityOfService qos) => _turns.TakeAsync(async () =>
    {
        var session = bus.Session;
        if (session.Subscriptions.Remove(filter, out var old))
            _index.Remove(filter, old);
        var subscription = new Subscription(session, qos);
        session.Subscriptions.Add(filter, subscription);
        _index.Add(filter, subscription);
        await ObserveAsync(BusObservationKind.Subscribe, bus, filter.Text, qos: qos); // whoever sees it may count on it
        foreach (var message in _retained.Values.Where(m => filter.Matches(m.Topic)))
            await DeliverAsync(session, message, qos);
    });

    internal Task UnsubscribeAsync(InMemoryBus bus, TopicFilter filter) => _turns.TakeAsync(async () =>
    {
        var session = bus.Session;
        await ObserveAsync(BusObservationKind.Unsubscribe, bus, filter.Text);
        if (session.Subscriptions.Remove(filter, out var subscription))
            _index.Remove(filter, subscription);
    });

    internal Task PublishAsync(InMemoryBus bus, BusMessage message) => _turns.TakeAsync(() =>
    {
        _ = bus.Session; // not connected: refused here, in turn
        return PublishInTurnAsync(bus, message, detail: "");
    });

    private async Task PublishInTurnAsync(InMemoryBus bus, BusMessage message, string detail)
    {
        await ObserveAsync(BusObservationKind.Publish, bus, message.Topic, message.Payload, message.Qos, message.Retain, detail);
        if (message.Retain && message.Payload.IsEmpty)
            _retained.Remove(message.Topic);
        else if (message.Retain)
            _retained[message.Topic] = message;

        var live = message with { Retain = false };
        CollectReceivers(message.Topic);
        foreach (var session in _receivers)
            await DeliverAsync(session, live, session.Granted);
    }

    /// <summary>Finds each session once, however many of its filters match, with the highest granted quality of service.</summary>
    private void CollectReceivers(string topic)
    {
        _matches.Clear();
        _receivers.Clear();
        _index.Match(topic, _matches);
        foreach (var subscription in _matches)
        {
            var session = subscription.Session;
            if (!session.IsChosen)
                _receivers.Add(session);
            if (!session.IsChosen || session.Granted < subscription.Qos)
                session.Granted = subscription.Qos;
            session.IsChosen = true;
        }

        foreach (var session in _receivers)
            session.IsChosen = false;
    }

    private async ValueTask DeliverAsync(Session session, BusMessage message, QualityOfService granted)
    {
        var copy = granted < message.Qos ? message with { Qos = granted } : message;
        if (session.Client is null && copy.Qos == QualityOfService.AtMostOnce)
            return;
        if ((session.Client?.Waiting ?? session.Waiting.Count) >= MaxWaiting)
        {
            Lost++;
            await ObserveAsync(
                new BusObservation(BusObservationKind.Overflow, session.ClientId, copy.Topic, copy.Payload, copy.Qos, copy.Retain,
                    $"lost: {MaxWaiting} messages wait for this client already"));
        }
        else if (session.Client is { } client)
            client.Enter(new BusEvent.Received(copy));
        else
            session.Waiting.Enqueue(copy);
    }

    private async Task DropAsync(InMemoryBus bus, string reason, bool publishWill)
    {
        var session = bus.Session;
        await ObserveAsync(BusObservationKind.Disconnect, bus, detail: reason);
        bus.Detach(reason);
        if (bus.Options.CleanSession)
            Forget(session);
        if (publishWill && bus.Options.Will is { } will)
            await PublishInTurnAsync(bus, will, detail: "will");
    }

    private void Forget(Session session)
    {
        foreach (var (filter, subscription) in session.Subscriptions)
            _index.Remove(filter, subscription);
        _sessions.Remove(session.ClientId);
    }

    private ValueTask ObserveAsync(
        BusObservationKind kind, InMemoryBus bus, string topic = "", ReadOnlyMemory<byte> payload = default,
        QualityOfService qos = default, bool retain = false, string detail = "") =>
        tap is null ? default : tap.ObserveAsync(new BusObservation(kind, bus.ClientId, topic, payload, qos, retain, detail));

    private ValueTask ObserveAsync(BusObservation observation) => tap?.ObserveAsync(observation) ?? default;
}

using Leda.Harness.Protocol.Messaging;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Leda.Harness.Simulator.Broker;

/// <summary>
/// What goes to one client: a bounded queue in front of MQTTnet's own session, which knows no bound in flight and drops in silence. Only
/// as much is handed over as the client may leave unacknowledged; the rest waits here, in order, also while the client is away.
/// </summary>
internal sealed class BrokerSession(string clientId, EmbeddedBrokerOptions options, TimeProvider time)
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    // From here on publishers are slowed down: their acknowledgement waits until there is room.
    private readonly int _crowd = Math.Min(1_000, options.MaxWaiting / 2);
    private readonly Lock _gate = new();
    private readonly Queue<MqttApplicationMessage> _waiting = new();
    private MqttSessionStatus? _line;
    private TaskCompletionSource? _room;
    private bool _held;
    private bool _stuck;
    private int _limit;
    private long _taken;
    private int _unsent;
    private int _unacknowledged;

    /// <summary>What became of a message.</summary>
    public enum Delivery
    {
        /// <summary>It is on its way, or waits for its turn.</summary>
        Done,

        /// <summary>The same, but publishers had better wait, see <see cref="WaitForRoomAsync"/>.</summary>
        Crowded,

        /// <summary>The queue is full.</summary>
        Lost,
    }

    public string ClientId => clientId;

    /// <summary>Owned by the router.</summary>
    public Dictionary<TopicFilter, BrokerSubscription> Subscriptions { get; } = [];

    /// <summary>The router's note on the message at hand.</summary>
    public RoutingNote Note { get; } = new();

    /// <summary>The packet ids of QoS 2 messages that came in and are not released yet. Owned by the one connection of this session.</summary>
    public HashSet<ushort> Unreleased { get; } = [];

    /// <summary>Takes a message for the client; nothing of QoS 0 is kept for one that is away.</summary>
    public Delivery Deliver(MqttApplicationMessage message)
    {
        lock (_gate)
        {
            if (_line is null && message.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtMostOnce)
                return Delivery.Done;
            if (_waiting.Count >= options.MaxWaiting)
                return Delivery.Lost;
            _waiting.Enqueue(message);
            Pump();
            return IsCrowded ? Delivery.Crowded : Delivery.Done;
        }
    }

    /// <summary>The client is there. MQTTnet has queued again what was not acknowledged before.</summary>
    /// <param name="line">MQTTnet's session, which sends.</param>
    /// <param name="receiveMaximum">What an MQTT 5 client can take at once, or 0 if it did not say.</param>
    public void OpenLine(MqttSessionStatus line, ushort receiveMaximum)
    {
        lock (_gate)
        {
            _line = line;
            _stuck = false;
            _limit = receiveMaximum == 0 ? options.MaxInFlight : Math.Min(receiveMaximum, options.MaxInFlight);
            _unsent = 0;
            _unacknowledged = (int)line.PendingApplicationMessagesCount;
            Pump();
        }
    }

    /// <summary>The client is gone.</summary>
    public void CloseLine()
    {
        lock (_gate)
        {
            _line = null;
            _held = false;
            for (var left = _waiting.Count; left > 0; left--)
            {
                if (_waiting.Dequeue() is { QualityOfServiceLevel: not MqttQualityOfServiceLevel.AtMostOnce } kept)
                    _waiting.Enqueue(kept);
            }

            MakeRoom();
        }
    }

    /// <summary>Keeps messages back for a moment, until <see cref="Release"/>: a SUBACK goes before the messages that it brings.</summary>
    public void Hold()
    {
        lock (_gate)
            _held = true;
    }

    /// <summary>Lets messages go again.</summary>
    public void Release()
    {
        lock (_gate)
        {
            _held = false;
            Pump();
        }
    }

    /// <summary>A message of QoS 0 has left; nobody will acknowledge it.</summary>
    public void Sent()
    {
        lock (_gate)
        {
            _unsent = Math.Max(0, _unsent - 1);
            Taken();
        }
    }

    /// <summary>The client has acknowledged a message for good.</summary>
    public void Acknowledged()
    {
        lock (_gate)
        {
            _unacknowledged = Math.Max(0, _unacknowledged - 1);
            Taken();
        }
    }

    /// <summary>Waits until the client has caught up; but no longer than it takes something at least once a second.</summary>
    public async Task WaitForRoomAsync()
    {
        while (true)
        {
            Task room;
            long taken;
            lock (_gate)
            {
                if (!IsCrowded)
                    return;
                room = (_room ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
                taken = _taken;
            }

            try
            {
                await room.WaitAsync(_patience, time);
            }
            catch (TimeoutException)
            {
                lock (_gate)
                    _stuck = _taken == taken;
            }
        }
    }

    private bool IsCrowded => _line is not null && !_stuck && _waiting.Count >= _crowd;

    private void Taken()
    {
        _taken++;
        _stuck = false;
        Pump();
    }

    private void Pump()
    {
        while (_line is not null && !_held && _unsent + _unacknowledged < _limit && _waiting.TryDequeue(out var message))
        {
            if (message.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtMostOnce)
                _unsent++;
            else
                _unacknowledged++;
            _line.TryEnqueueApplicationMessage(message, out _); // its bound is out of reach: in flight is less
        }

        if (_waiting.Count < _crowd)
            MakeRoom();
    }

    private void MakeRoom()
    {
        _room?.TrySetResult();
        _room = null;
    }
}

using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Leda.Harness.Protocol.Messaging;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Leda.Harness.Simulator.Broker;

/// <summary>
/// What the broker does for its connections, each thing after the tap has seen it. One client id has one connection at a time: a second
/// one waits until the first is over, with its goodbye and its will; MQTTnet's server alone would let the two race.
/// </summary>
internal sealed class Switchboard(EmbeddedBrokerOptions options, IBusTap? tap, TimeProvider time)
{
    private readonly MessageRouter _router = new();
    private readonly ConcurrentDictionary<string, BrokerChannel> _connections = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, BrokerSession> _sessions = new(StringComparer.Ordinal);
    private MqttServer? _server;
    private bool _stopping;
    private long _lost;
    private ExceptionDispatchInfo? _defect;
    private int _lastNumber;

    public long Lost => Interlocked.Read(ref _lost);

    public string NextClientId() => $"anonymous-{Interlocked.Increment(ref _lastNumber)}";

    /// <summary>Plugs into MQTTnet's server.</summary>
    public void Serve(MqttServer server)
    {
        _server = server;
        server.ValidatingConnectionAsync += OnConnectingAsync;
        server.ClientConnectedAsync += OnConnectedAsync;
        server.InterceptingPublishAsync += OnPublishAsync;
        server.SessionDeletedAsync += OnSessionDeletedAsync;
    }

    /// <summary>From now on connections end because the broker does: no wills.</summary>
    public void Stop() => _stopping = true;

    /// <summary>Throws what the tap threw, if it did.</summary>
    public void ThrowDefect() => _defect?.Throw();

    public async Task SubscribeAsync(BrokerChannel channel, MqttSubscribePacket packet, CancellationToken cancellationToken)
    {
        var session = channel.Session!;
        var answer = new MqttSubAckPacket { PacketIdentifier = packet.PacketIdentifier, ReasonCodes = [] };
        foreach (var filter in packet.TopicFilters)
        {
            session.Hold(); // until the SUBACK is out
            if (TopicFilter.TryParse(filter.Topic, out var parsed, out _))
            {
                await ReportAsync(_router.Subscribe(Subscription(session, parsed, filter, packet.SubscriptionIdentifier), filter.RetainHandling));
                answer.ReasonCodes.Add((MqttSubscribeReasonCode)filter.QualityOfServiceLevel);
            }
            else
                answer.ReasonCodes.Add(channel.IsVersion5 ? MqttSubscribeReasonCode.TopicFilterInvalid : MqttSubscribeReasonCode.UnspecifiedError);
            await ObserveAsync(BusObservationKind.Subscribe, session.ClientId, filter.Topic, qos: filter.QualityOfServiceLevel); // it is effective now
        }

        await channel.SendPacketAsync(answer, cancellationToken);
        session.Release();
    }

    public async Task UnsubscribeAsync(BrokerChannel channel, MqttUnsubscribePacket packet, CancellationToken cancellationToken)
    {
        var session = channel.Session!;
        var answer = new MqttUnsubAckPacket { PacketIdentifier = packet.PacketIdentifier, ReasonCodes = [] };
        foreach (var filter in packet.TopicFilters)
        {
            await ObserveAsync(BusObservationKind.Unsubscribe, session.ClientId, filter);
            var existed = TopicFilter.TryParse(filter, out var parsed, out _) && _router.Unsubscribe(session, parsed);
            answer.ReasonCodes.Add(existed ? MqttUnsubscribeReasonCode.Success : MqttUnsubscribeReasonCode.NoSubscriptionExisted);
        }

        await channel.SendPacketAsync(answer, cancellationToken);
    }

    /// <summary>The connection is over and MQTTnet has let go of it.</summary>
    public async Task GoneAsync(BrokerChannel channel)
    {
        if (channel.Session is not { } session)
            return;
        try
        {
            session.CloseLine();
            await ObserveAsync(BusObservationKind.Disconnect, session.ClientId, detail: _stopping ? "the broker stopped" : channel.Farewell);
            if (channel.Will is { } will && !_stopping)
                await PublishAsync(session.ClientId, will, "will");
        }
        finally
        {
            _connections.TryRemove(KeyValuePair.Create(session.ClientId, channel));
            channel.End();
        }
    }

    private async Task OnConnectingAsync(ValidatingConnectionEventArgs e)
    {
        var channel = (BrokerChannel)e.ChannelAdapter;
        e.ReasonCode = Check(channel);
        if (e.ReasonCode != MqttConnectReasonCode.Success)
            return;
        e.AssignedClientIdentifier = channel.AssignedId;
        while (!_connections.TryAdd(e.ClientId, channel))
        {
            if (_connections.TryGetValue(e.ClientId, out var other))
                await TakeOverAsync(e.ClientId, other);
        }

        if (e.CleanSession == true)
            Forget(e.ClientId);
        channel.Session = _sessions.GetOrAdd(e.ClientId, id => new BrokerSession(id, options, time));
        await ObserveAsync(BusObservationKind.Connect, e.ClientId, detail: Describe(channel));
    }

    private async Task OnConnectedAsync(ClientConnectedEventArgs e)
    {
        var channel = _connections[e.ClientId];
        channel.Session!.OpenLine(await _server!.GetSessionAsync(e.ClientId), channel.Connect.ReceiveMaximum);
    }

    private async Task OnPublishAsync(InterceptingPublishEventArgs e)
    {
        e.ProcessPublish = false;
        if (TopicName.Check(e.ApplicationMessage.Topic) is { } problem)
        {
            e.Response.ReasonCode = MqttPubAckReasonCode.TopicNameInvalid;
            e.Response.ReasonString = problem;
            e.CloseConnection = true; // the only refusal that MQTT 3.1.1 knows
            _connections[e.ClientId].Farewell = $"refused: {problem}";
        }
        else if (await PublishAsync(e.ClientId, e.ApplicationMessage, detail: "") == 0)
            e.Response.ReasonCode = MqttPubAckReasonCode.NoMatchingSubscribers;
    }

    private Task OnSessionDeletedAsync(SessionDeletedEventArgs e)
    {
        Forget(e.Id);
        return Task.CompletedTask;
    }

    private async ValueTask<int> PublishAsync(string senderId, MqttApplicationMessage message, string detail)
    {
        if (tap is not null)
        {
            await ObserveAsync(
                BusObservationKind.Publish, senderId, message.Topic, message.Payload.ToMemory(), message.QualityOfServiceLevel, message.Retain, detail);
        }

        var routed = _router.Publish(senderId, message);
        if (routed.Lost is not null)
            await ReportAsync(routed);
        foreach (var session in routed.Crowded ?? [])
        {
            if (session.ClientId != senderId) // whose acknowledgements could not come in while it waits for itself
                await session.WaitForRoomAsync();
        }

        return routed.Receivers;
    }

    private async ValueTask ReportAsync(Routed routed)
    {
        foreach (var (session, message) in routed.Lost ?? [])
        {
            Interlocked.Increment(ref _lost);
            await ObserveAsync(
                BusObservationKind.Overflow, session.ClientId, message.Topic, message.Payload.ToMemory(), message.QualityOfServiceLevel, message.Retain,
                $"lost: {options.MaxWaiting} messages wait for this client already");
        }
    }

    private async Task TakeOverAsync(string clientId, BrokerChannel other)
    {
        other.Farewell = "another client of the same id took over";
        try
        {
            var reason = new MqttServerClientDisconnectOptions { ReasonCode = MqttDisconnectReasonCode.SessionTakenOver };
            await _server!.DisconnectClientAsync(clientId, reason);
        }
        catch (InvalidOperationException)
        {
            other.Abort(); // MQTTnet does not know it yet, or not any more
        }

        await other.Ended;
    }

    private void Forget(string clientId)
    {
        if (_sessions.TryRemove(clientId, out var session))
            _router.Forget(session);
    }

    private async ValueTask ObserveAsync(
        BusObservationKind kind, string clientId, string topic = "", ReadOnlyMemory<byte> payload = default,
        MqttQualityOfServiceLevel qos = default, bool retain = false, string detail = "")
    {
        if (tap is null)
            return;
        try
        {
            await tap.ObserveAsync(new BusObservation(kind, clientId, topic, payload, qos.ToOurs(), retain, detail));
        }
        catch (Exception error)
        {
            _defect ??= ExceptionDispatchInfo.Capture(error); // MQTTnet only closes the connection and says nothing
            throw;
        }
    }

    private static MqttConnectReasonCode Check(BrokerChannel channel)
    {
        if (channel.Connect.ClientId.Length == 0)
            return MqttConnectReasonCode.ClientIdentifierNotValid;
        return channel.Will is { } will && TopicName.Check(will.Topic) is not null
            ? MqttConnectReasonCode.TopicNameInvalid
            : MqttConnectReasonCode.Success;
    }

    private static string Describe(BrokerChannel channel) =>
        $"MQTT {(channel.IsVersion5 ? "5" : "3.1.1")}, {(channel.Connect.CleanSession ? "clean session" : "persistent session")}";

    private static BrokerSubscription Subscription(BrokerSession session, TopicFilter parsed, MqttTopicFilter filter, uint identifier) => new()
    {
        Session = session,
        Filter = parsed,
        Qos = filter.QualityOfServiceLevel.ToOurs(),
        NoLocal = filter.NoLocal,
        RetainAsPublished = filter.RetainAsPublished,
        Identifier = identifier,
    };
}

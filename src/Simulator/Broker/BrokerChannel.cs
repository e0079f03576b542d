using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Adapter;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace Leda.Harness.Simulator.Broker;

/// <summary>
/// One connection as MQTTnet's server sees it. In between, this class does what that server leaves open or gets wrong: SUBSCRIBE and
/// UNSUBSCRIBE are ours (it mixes up the order of reason codes, and cannot wait for a tap while unsubscribing), wills are ours (it
/// forgets them at a takeover), empty client ids get a name, QoS 2 arrives once, acknowledgements open the session's window.
/// </summary>
internal sealed class BrokerChannel(IMqttChannelAdapter inner, Switchboard board, Action abort) : IMqttChannelAdapter
{
    // Handed to MQTTnet instead of what was dealt with here: it has no effect but to tell the keep-alive monitor that the client lives.
    private static readonly MqttPubAckPacket _nothing = new();

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The client's session, from the CONNECT on.</summary>
    public BrokerSession? Session { get; set; }

    /// <summary>What the client said when it connected.</summary>
    public MqttConnectPacket Connect { get; private set; } = new();

    /// <summary>The id that the broker gave a client which came without one, or null.</summary>
    public string? AssignedId { get; private set; }

    /// <summary>What is to be published if the client does not say goodbye.</summary>
    public MqttApplicationMessage? Will { get; private set; }

    /// <summary>Why the connection is over, for people.</summary>
    public string Farewell { get; set; } = "lost: the connection broke without a goodbye";

    /// <summary>Completed when the connection is over and everybody knows.</summary>
    public Task Ended => _ended.Task;

    public bool IsVersion5 => PacketFormatterAdapter.ProtocolVersion == MqttProtocolVersion.V500;

    public long BytesReceived => inner.BytesReceived;

    public long BytesSent => inner.BytesSent;

    public X509Certificate2 ClientCertificate => inner.ClientCertificate;

    public EndPoint RemoteEndPoint => inner.RemoteEndPoint;

    public EndPoint LocalEndPoint => inner.LocalEndPoint;

    public bool IsSecureConnection => inner.IsSecureConnection;

    public MqttPacketFormatterAdapter PacketFormatterAdapter => inner.PacketFormatterAdapter;

    public async Task<MqttPacket?> ReceivePacketAsync(CancellationToken cancellationToken)
    {
        var packet = await inner.ReceivePacketAsync(cancellationToken);
        switch (packet)
        {
            case MqttPublishPacket { QualityOfServiceLevel: MqttQualityOfServiceLevel.ExactlyOnce } publish:
                if (Session!.Unreleased.Add(publish.PacketIdentifier))
                    return packet;
                await inner.SendPacketAsync(new MqttPubRecPacket { PacketIdentifier = publish.PacketIdentifier }, cancellationToken);
                return _nothing;
            case MqttPubRelPacket release:
                Session!.Unreleased.Remove(release.PacketIdentifier);
                return packet;
            case MqttPubAckPacket or MqttPubCompPacket:
                Session!.Acknowledged();
                return packet;
            case MqttSubscribePacket subscribe:
                await board.SubscribeAsync(this, subscribe, cancellationToken);
                return _nothing;
            case MqttUnsubscribePacket unsubscribe:
                await board.UnsubscribeAsync(this, unsubscribe, cancellationToken);
                return _nothing;
            case MqttConnectPacket connect:
                Greet(connect);
                return packet;
            case MqttDisconnectPacket disconnect:
                SayGoodbye(disconnect);
                return packet;
            default:
                return packet;
        }
    }

    public async Task SendPacketAsync(MqttPacket packet, CancellationToken cancellationToken)
    {
        await inner.SendPacketAsync(packet, cancellationToken);
        if (packet is MqttPublishPacket { QualityOfServiceLevel: MqttQualityOfServiceLevel.AtMostOnce })
            Session!.Sent();
    }

    public Task ConnectAsync(CancellationToken cancellationToken) => inner.ConnectAsync(cancellationToken);

    public Task DisconnectAsync(CancellationToken cancellationToken) => inner.DisconnectAsync(cancellationToken);

    public void ResetStatistics() => inner.ResetStatistics();

    public void Dispose() => inner.Dispose();

    /// <summary>Cuts the connection.</summary>
    public void Abort() => abort();

    /// <summary>Tells those who wait for <see cref="Ended"/>.</summary>
    public void End() => _ended.TrySetResult();

    private void Greet(MqttConnectPacket connect)
    {
        Connect = connect;
        Will = connect.Will();
        connect.WillFlag = false;
        if (connect.ClientId.Length == 0 && (connect.CleanSession || IsVersion5))
            connect.ClientId = AssignedId = board.NextClientId();
    }

    private void SayGoodbye(MqttDisconnectPacket disconnect)
    {
        Farewell = "left";
        if (disconnect.ReasonCode == MqttDisconnectReasonCode.DisconnectWithWillMessage)
            Farewell = "left and asked for its will";
        else
            Will = null;
    }
}

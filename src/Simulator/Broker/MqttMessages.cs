using System.Buffers;
using Leda.Harness.Protocol.Messaging;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace Leda.Harness.Simulator.Broker;

/// <summary>Small conversions between MQTTnet's words and ours.</summary>
internal static class MqttMessages
{
    public static QualityOfService ToOurs(this MqttQualityOfServiceLevel qos) => (QualityOfService)qos;

    /// <summary>The lower of what is granted and what was published.</summary>
    public static MqttQualityOfServiceLevel OrLess(this QualityOfService granted, MqttQualityOfServiceLevel published) =>
        (MqttQualityOfServiceLevel)Math.Min((int)granted, (int)published);

    /// <summary>The payload in one piece; received messages have it so already.</summary>
    public static ReadOnlyMemory<byte> ToMemory(this ReadOnlySequence<byte> payload) =>
        payload.IsSingleSegment ? payload.First : payload.ToArray();

    /// <summary>This message as one receiver gets it: itself if nothing differs, otherwise a copy over the same payload.</summary>
    public static MqttApplicationMessage Shaped(
        this MqttApplicationMessage message, MqttQualityOfServiceLevel qos, bool retain, List<uint>? identifiers)
    {
        if (message.QualityOfServiceLevel == qos && message.Retain == retain && identifiers is null && !message.Dup)
            return message;
        return new MqttApplicationMessage
        {
            Topic = message.Topic,
            Payload = message.Payload,
            QualityOfServiceLevel = qos,
            Retain = retain,
            SubscriptionIdentifiers = identifiers,
            ContentType = message.ContentType,
            CorrelationData = message.CorrelationData,
            MessageExpiryInterval = message.MessageExpiryInterval,
            PayloadFormatIndicator = message.PayloadFormatIndicator,
            ResponseTopic = message.ResponseTopic,
            UserProperties = message.UserProperties,
        };
    }

    /// <summary>The will of a client, or null if it left none.</summary>
    public static MqttApplicationMessage? Will(this MqttConnectPacket connect) => !connect.WillFlag ? null : new MqttApplicationMessage
    {
        Topic = connect.WillTopic,
        Payload = new ReadOnlySequence<byte>(connect.WillMessage ?? []),
        QualityOfServiceLevel = connect.WillQoS,
        Retain = connect.WillRetain,
        ContentType = connect.WillContentType,
        CorrelationData = connect.WillCorrelationData,
        MessageExpiryInterval = connect.WillMessageExpiryInterval,
        PayloadFormatIndicator = connect.WillPayloadFormatIndicator,
        ResponseTopic = connect.WillResponseTopic,
        UserProperties = connect.WillUserProperties,
    };
}

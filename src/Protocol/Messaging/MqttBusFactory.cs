using Leda.Harness.Protocol.Messaging.Mqtt;

namespace Leda.Harness.Protocol.Messaging;

/// <summary>Makes clients of an MQTT broker, ours or anybody's, over TCP. They speak MQTT 3.1.1, as Kanto's agents do.</summary>
public sealed class MqttBusFactory : IBusFactory
{
    private const int DefaultPort = 1883;

    private readonly BrokerAddress _broker;
    private readonly TimeProvider _time;

    /// <summary>Creates a factory for the clients of one broker.</summary>
    /// <param name="broker">The broker, <c>mqtt://host:port</c> or <c>tcp://host:port</c>; the port is 1883 unless given.</param>
    /// <param name="time">The clock for time-outs and for the pauses between attempts to connect.</param>
    /// <exception cref="ArgumentException">The address is something else.</exception>
    public MqttBusFactory(Uri broker, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(broker);
        if (Check(broker) is { } problem)
            throw new ArgumentException($"cannot use '{broker.OriginalString}' as a broker's address: {problem}; expected mqtt://host:port", nameof(broker));
        _broker = new BrokerAddress(broker.DnsSafeHost, broker.Port < 0 ? DefaultPort : broker.Port);
        _time = time;
    }

    /// <inheritdoc/>
    public IMessageBus Create(BusOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Will is { } will && TopicName.Check(will.Topic) is { } problem)
            throw new ArgumentException($"the will cannot be published: {problem}", nameof(options));
        return new MqttBus(_broker, options, _time);
    }

    /// <summary>Why an address cannot be a broker's, for people; <see langword="null"/> if it can.</summary>
    public static string? Check(Uri broker) => broker switch
    {
        { IsAbsoluteUri: false } => "it has no scheme",
        { Scheme: "mqtts" or "ssl" or "tls" } => "TLS is not supported; put a TLS proxy in front",
        { Scheme: not "mqtt" and not "tcp" } => $"the scheme '{broker.Scheme}' is unknown",
        { Host.Length: 0 } => "it has no host",
        { Port: 0 } => "a client cannot connect to port 0",
        { UserInfo.Length: > 0 } => "user name and password belong into the options, not into the address",
        { PathAndQuery: not "/" and not "" } => $"the path '{broker.PathAndQuery}' means nothing to a broker",
        _ => null,
    };
}

using System.Net;

namespace Leda.Harness.Simulator.Broker;

/// <summary>Where the embedded broker listens and how much it keeps.</summary>
public sealed record EmbeddedBrokerOptions
{
    /// <summary>The address to listen on; default 127.0.0.1, so that nobody outside can connect. <see cref="IPAddress.Any"/> opens it.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port to listen on; default 1883, as MQTT has it. 0 takes any free one, see <see cref="EmbeddedBroker.Port"/>.</summary>
    public int Port { get; init; } = 1883;

    /// <summary>Most messages that wait for one client, whether it is slow or away; default 10,000. Each message beyond that is lost to
    /// this client, is observed as <see cref="Protocol.Messaging.BusObservationKind.Overflow"/> and counts in
    /// <see cref="EmbeddedBroker.Lost"/>.</summary>
    public int MaxWaiting { get; init; } = 10_000;

    /// <summary>Most messages on their way to one client that it has not acknowledged yet; default 1,000, less if an MQTT 5 client asks
    /// for less (its Receive Maximum). The others wait.</summary>
    public int MaxInFlight { get; init; } = 1_000;
}

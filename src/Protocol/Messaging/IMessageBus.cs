using System.Threading.Channels;

namespace Leda.Harness.Protocol.Messaging;

/// <summary>
/// One client's place on the bus: <c>MqttBus</c> over a real broker, or <c>InMemoryBus</c> without sockets. Both keep the same contract,
/// which the same tests check. All methods may be called from several tasks at once.
/// </summary>
public interface IMessageBus : IAsyncDisposable
{
    /// <summary>The MQTT client id.</summary>
    string ClientId { get; }

    /// <summary>
    /// What happens to this client, in order, for one reader. The queue is bounded; while it is full the bus waits with further
    /// messages and nothing is dropped. It is completed when the bus is disposed.
    /// </summary>
    ChannelReader<BusEvent> Events { get; }

    /// <summary>
    /// Connects; tries again, slower and slower, until it works or <paramref name="cancellationToken"/> says stop. From then on the client
    /// connects again by itself after each loss.
    /// </summary>
    Task ConnectAsync(CancellationToken cancellationToken = default);

    /// <summary>Leaves in good order; the will is not published. <see cref="ConnectAsync"/> may follow.</summary>
    Task DisconnectAsync(CancellationToken cancellationToken = default);

    /// <summary>Cuts the connection as a crash would: the broker publishes the will. <see cref="ConnectAsync"/> may follow.</summary>
    Task AbortAsync();

    /// <summary>Subscribes and waits for the broker's word.</summary>
    /// <exception cref="BusException">Not connected, refused, or no answer in time.</exception>
    Task SubscribeAsync(
        string filter, QualityOfService qos = QualityOfService.AtLeastOnce, CancellationToken cancellationToken = default);

    /// <summary>Ends a subscription and waits for the broker's word.</summary>
    /// <exception cref="BusException">Not connected, or no answer in time.</exception>
    Task UnsubscribeAsync(string filter, CancellationToken cancellationToken = default);

    /// <summary>Publishes; for QoS 1 and 2 returns when the broker has acknowledged.</summary>
    /// <exception cref="BusException">Not connected, refused, or no acknowledgement in time.</exception>
    Task PublishAsync(BusMessage message, CancellationToken cancellationToken = default);
}

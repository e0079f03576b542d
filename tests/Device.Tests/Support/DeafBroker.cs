using System.Threading.Channels;
using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Device.Tests.Support;

/// <summary>A broker that takes messages and, once told so, never acknowledges them.</summary>
internal sealed class DeafBroker(IBusFactory inner) : IBusFactory
{
    private readonly TaskCompletionSource _aborted = new();

    public bool IsDeaf { get; set; }

    public IMessageBus Create(BusOptions options) => new Bus(this, inner.Create(options));

    private sealed class Bus(DeafBroker broker, IMessageBus bus) : IMessageBus
    {
        public string ClientId => bus.ClientId;

        public ChannelReader<BusEvent> Events => bus.Events;

        public Task ConnectAsync(CancellationToken cancellationToken = default) => bus.ConnectAsync(cancellationToken);

        public Task DisconnectAsync(CancellationToken cancellationToken = default) => bus.DisconnectAsync(cancellationToken);

        public async Task AbortAsync()
        {
            broker._aborted.TrySetResult();
            await bus.AbortAsync();
        }

        public Task SubscribeAsync(string filter, QualityOfService qos = QualityOfService.AtLeastOnce, CancellationToken cancellationToken = default) =>
            bus.SubscribeAsync(filter, qos, cancellationToken);

        public Task UnsubscribeAsync(string filter, CancellationToken cancellationToken = default) => bus.UnsubscribeAsync(filter, cancellationToken);

        public async Task PublishAsync(BusMessage message, CancellationToken cancellationToken = default)
        {
            await bus.PublishAsync(message, cancellationToken);
            if (!broker.IsDeaf)
                return;
            await broker._aborted.Task;
            throw new BusException("cut off before the acknowledgement");
        }

        public ValueTask DisposeAsync() => bus.DisposeAsync();
    }
}

using System.Threading.Channels;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Tests.Conformance;

/// <summary>Our device's place on the bus, with a defect between the two.</summary>
internal sealed class FaultyBus : IMessageBus
{
    private readonly Channel<BusEvent> _events = Channel.CreateUnbounded<BusEvent>();
    private readonly IMessageBus _bus;
    private readonly Defect _defect;
    private readonly TimeProvider _time;
    private readonly Task _loop;

    public FaultyBus(IMessageBus bus, Defect defect, TimeProvider time)
    {
        _bus = bus;
        _defect = defect;
        _time = time;
        _loop = ForwardAsync();
    }

    public string ClientId => _bus.ClientId;

    public ChannelReader<BusEvent> Events => _events.Reader;

    public Task ConnectAsync(CancellationToken cancellationToken = default) => _bus.ConnectAsync(cancellationToken);

    public Task DisconnectAsync(CancellationToken cancellationToken = default) => _bus.DisconnectAsync(cancellationToken);

    public Task AbortAsync() => _bus.AbortAsync();

    public Task SubscribeAsync(string filter, QualityOfService qos = QualityOfService.AtLeastOnce, CancellationToken cancellationToken = default) =>
        _bus.SubscribeAsync(filter, qos, cancellationToken);

    public Task UnsubscribeAsync(string filter, CancellationToken cancellationToken = default) => _bus.UnsubscribeAsync(filter, cancellationToken);

    public async Task PublishAsync(BusMessage message, CancellationToken cancellationToken = default)
    {
        foreach (var (delay, changed) in _defect.Out(message))
        {
            if (delay > TimeSpan.Zero)
                await Task.Delay(delay, _time, cancellationToken);
            await _bus.PublishAsync(changed, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _bus.DisposeAsync();
        await _loop;
    }

    private async Task ForwardAsync()
    {
        await _bus.Events.ForEachAsync(async happened =>
        {
            if (happened is BusEvent.Received { Message: var message })
                happened = new BusEvent.Received(_defect.In(message));
            await _events.Writer.WriteAsync(happened);
            foreach (var own in happened is BusEvent.Received { Message: var command } ? _defect.Own(command) : [])
                await _bus.PublishAsync(own);
        });
        _events.Writer.TryComplete();
    }
}

/// <summary>Makes one faulty client of a bus.</summary>
internal sealed class FaultyBusFactory(IBusFactory buses, Defect defect, TimeProvider time) : IBusFactory
{
    public IMessageBus Create(BusOptions options) => new FaultyBus(buses.Create(options), defect, time);
}

using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Protocol.Tests.Messaging;
using Leda.Harness.Simulator.Broker;

namespace Leda.Harness.Simulator.Tests.Broker;

/// <summary>The contract of every bus, kept by the MQTT client over the embedded broker.</summary>
public sealed class MqttBusTests : MessageBusContract
{
    private EmbeddedBroker? _broker;

    protected override async Task<IBusFactory> StartAsync(IBusTap tap)
    {
        _broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { Port = 0 }, Patience.Clock, tap);
        return new MqttBusFactory(_broker.Url, Patience.Clock);
    }

    protected override async Task StopAsync()
    {
        await _broker!.StopAsync();
        Assert.Equal(0, _broker.Lost);
    }
}

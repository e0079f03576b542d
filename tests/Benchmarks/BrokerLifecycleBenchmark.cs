using BenchmarkDotNet.Attributes;
using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Simulator.Broker;

namespace Leda.Harness.Benchmarks;

/// <summary>How long a scenario waits for its broker: start, one client, stop.</summary>
public class BrokerLifecycleBenchmark
{
#pragma warning disable RS0030 // the composition root of this program
    private static readonly TimeProvider _clock = TimeProvider.System;
#pragma warning restore RS0030

    [Benchmark]
    public async Task StartAndStop()
    {
        await using var broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { Port = 0 }, _clock);
    }

    [Benchmark]
    public async Task StartConnectAndStop()
    {
        await using var broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { Port = 0 }, _clock);
        await using var client = new MqttBusFactory(broker.Url, _clock).Create(new BusOptions { ClientId = "one" });
        await client.ConnectAsync();
    }
}

using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Protocol.Tests.Messaging;

namespace Leda.Harness.Simulator.Tests.Broker;

public sealed class SessionTests : BrokerTest
{
    [Theory]
    [InlineData("mqttv311", "-c")]
    [InlineData("mqttv5", "-c -x 3600")]
    public async Task Connect_PersistentSession_BringsWhatWasMissedInOrder(string version, string persistent)
    {
        await using (var first = Mosquitto.Subscribe(Broker.Port, $"-V {version} {persistent} -i away -t t -q 2 -E"))
            Assert.Equal(0, await first.ExitAsync());
        await Tap.WaitForAsync(BusObservationKind.Disconnect, "away");
        await PublishAsync($"-V {version} -t t -m not-kept -q 0");
        for (var i = 0; i < 10; i++)
            await PublishAsync($"-V {version} -t t -m {i} -q 1");

        var back = Disposed(Mosquitto.Subscribe(Broker.Port, $"-V {version} {persistent} -i away -t other -q 2"));
        await back.SubscribedAsync();
        await PublishAsync($"-V {version} -t t -m marker -q 1");

        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"0 1 t {i}"), await back.UntilAsync("marker"));
    }

    [Fact]
    public async Task Connect_CleanSession_ForgetsThePersistentOne()
    {
        await using (var first = Mosquitto.Subscribe(Broker.Port, "-c -i away -t t -q 1 -E"))
            Assert.Equal(0, await first.ExitAsync());
        await Tap.WaitForAsync(BusObservationKind.Disconnect, "away");
        await PublishAsync("-t t -m missed -q 1");

        var clean = await SubscribeAsync("-i away -t end -q 1");
        await PublishAsync("-t t -m missed-too -q 1");
        await PublishAsync("-t end -m marker -q 1");

        Assert.Empty(await clean.UntilAsync("marker"));
    }

    [Theory]
    [InlineData("mqttv311")]
    [InlineData("mqttv5")]
    public async Task Connect_SameId_TakesOverAfterTheOtherIsGone(string version)
    {
        var first = Disposed(Mosquitto.Subscribe(Broker.Port, $"-V {version} -i twin -t t -q 1 --will-topic w --will-payload gone"));
        await first.SubscribedAsync();

        // A raw client, because a second mosquitto_sub and the first would take turns for ever.
        _ = await ConnectRawAsync(4, "twin");

        await Tap.WaitForAsync(BusObservationKind.Publish, "twin", "w");
        Assert.Equal(
            [BusObservationKind.Connect, BusObservationKind.Subscribe, BusObservationKind.Disconnect, BusObservationKind.Publish, BusObservationKind.Connect],
            Tap.Seen.Where(o => o.ClientId == "twin").Select(o => o.Kind).Take(5));
    }

    [Fact]
    public async Task Connect_PersistentSessionOverAndOverWhileSomebodyPublishes_LosesNothing()
    {
        const int Messages = 3_000;
        await using var client = new MqttBusFactory(Broker.Url, Patience.Clock).Create(new BusOptions { ClientId = "away", CleanSession = false });
        await client.ConnectAsync();
        await client.SubscribeAsync("t");
        await using var publisher = Mosquitto.PublishLines(Broker.Port, "-t t -q 1");
        var publishing = PublishNumbersAsync(publisher, Messages);

        var seen = new HashSet<string>();
        while (seen.Count < Messages)
        {
            for (var i = 0; i < 100 && seen.Count < Messages; i++)
                seen.Add((await client.NextMessageAsync()).Text);
            await client.AbortAsync();
            await client.ConnectAsync();
        }

        await publishing;
        Assert.Equal(0, Broker.Lost);
    }

    private static async Task PublishNumbersAsync(Mosquitto publisher, int count)
    {
        for (var i = 0; i < count; i++)
            await publisher.WriteLineAsync($"{i}");
        publisher.CloseInput();
    }
}

using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Simulator.Tests.Broker;

public sealed class WillTests : BrokerTest
{
    [Theory]
    [InlineData("mqttv311")]
    [InlineData("mqttv5")]
    public async Task Will_SubscriberKilled_IsPublishedAndSeen(string version)
    {
        var watcher = await SubscribeAsync($"-V {version} -t will/# -q 2");
        var mortal = await SubscribeAsync($"-V {version} -i mortal -t t --will-topic will/mortal --will-payload gone --will-qos 2");

        mortal.Kill();

        Assert.Equal("0 2 will/mortal gone", await watcher.NextAsync());
        Assert.Equal("will", (await Tap.WaitForAsync(BusObservationKind.Publish, "mortal")).Detail);
    }

    [Fact]
    public async Task Will_PublisherKilled_IsRetainedIfItAsksForThat()
    {
        await using (var mortal = Mosquitto.PublishLines(Broker.Port, "-i mortal -t t -q 1 --will-topic will --will-payload gone --will-retain"))
        {
            await mortal.WriteLineAsync("alive");
            await Tap.WaitForAsync(BusObservationKind.Publish, "mortal", "t");
            mortal.Kill();
        }

        await Tap.WaitForAsync(BusObservationKind.Publish, "mortal", "will");
        var late = await SubscribeAsync("-t will");
        Assert.Equal("1 0 will gone", await late.NextAsync());
    }

    [Theory]
    [InlineData("mqttv311")]
    [InlineData("mqttv5")]
    public async Task Will_GoodbyeSaid_IsForgotten(string version)
    {
        var watcher = await SubscribeAsync("-t will/# -q 1");
        await using (var polite = Mosquitto.PublishLines(Broker.Port, $"-V {version} -i polite -t t --will-topic will/polite --will-payload gone"))
        {
            polite.CloseInput();
            Assert.Equal(0, await polite.ExitAsync());
        }

        await Tap.WaitForAsync(BusObservationKind.Disconnect, "polite");
        await PublishAsync("-t will/end -m marker -q 1");

        Assert.Empty(await watcher.UntilAsync("marker"));
        Assert.Equal("left", Tap.Seen.Single(o => o is { Kind: BusObservationKind.Disconnect, ClientId: "polite" }).Detail);
    }

    [Fact]
    public async Task Will_GoodbyeThatAsksForIt_IsPublished()
    {
        var watcher = await SubscribeAsync("-t will -q 1");
        var client = await RawMqtt.ConnectAsync(Broker.Port, 5, "one", will: ("will", "gone"));
        await client.SendAsync(0xE0, [0x04, 0]);

        Assert.Equal("0 0 will gone", await watcher.NextAsync());
        await client.DisposeAsync();
    }

    [Fact]
    public async Task Will_BrokerStops_IsNotPublished()
    {
        _ = await SubscribeAsync("-i mortal -t t --will-topic will --will-payload gone");

        await Broker.StopAsync();

        Assert.DoesNotContain(Tap.Seen, o => o.Topic == "will");
        Assert.Equal("the broker stopped", (await Tap.WaitForAsync(BusObservationKind.Disconnect, "mortal")).Detail);
    }
}

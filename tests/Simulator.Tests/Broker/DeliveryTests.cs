using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Simulator.Tests.Broker;

public sealed class DeliveryTests : BrokerTest
{
    [Theory]
    [InlineData("mqttv311", "e/#", "e/tenant/thing")]
    [InlineData("mqttv5", "e/#", "e/tenant/thing")]
    [InlineData("mqttv311", "command//+/req/#", "command//ns:gw:dev/req//start")]
    [InlineData("mqttv5", "command///req//+", "command///req//start")]
    [InlineData("mqttv31", "+/b", "a/b")]
    public async Task Publish_MatchingFilter_Arrives(string version, string filter, string topic)
    {
        var subscriber = await SubscribeAsync($"-V {version} -t {filter} -q 1");

        await PublishAsync($"-V {version} -t other -m not-this");
        await PublishAsync($"-V {version} -t {topic} -m this -q 1");

        Assert.Equal($"0 1 {topic} this", await subscriber.NextAsync());
    }

    [Theory]
    [CombinatorialQualities]
    public async Task Publish_TwoQualities_TheLowerOneCounts(string version, int published, int subscribed)
    {
        var subscriber = await SubscribeAsync($"-V {version} -t t -q {subscribed}");

        await PublishAsync($"-V {version} -t t -m x -q {published}");

        Assert.Equal($"0 {Math.Min(published, subscribed)} t x", await subscriber.NextAsync());
    }

    [Theory]
    [InlineData("mqttv311")]
    [InlineData("mqttv5")]
    public async Task Publish_OverlappingFiltersOfOneSession_OneCopyOfTheHighestQuality(string version)
    {
        await using (var first = Mosquitto.Subscribe(Broker.Port, $"-V {version} -c -i one -t a/# -q 0 -E"))
            Assert.Equal(0, await first.ExitAsync());
        var subscriber = await SubscribeAsync($"-V {version} -c -i one -t a/+ -t +/b -q 2");

        await PublishAsync($"-V {version} -t a/b -m x -q 2");
        await PublishAsync($"-V {version} -t a/b -m marker -q 2");

        Assert.Equal("0 2 a/b x", await subscriber.NextAsync());
        Assert.Equal("0 2 a/b marker", await subscriber.NextAsync());
    }

    [Theory]
    [InlineData(1_000_000)]
    [InlineData(4_194_304)]
    public async Task Publish_LargePayload_ArrivesWhole(int size)
    {
        var file = Path.Combine(Path.GetTempPath(), $"leda-harness-{Broker.Port}-{size}");
        await File.WriteAllTextAsync(file, string.Concat(Enumerable.Repeat("0123456789abcdef", size / 16)));
        try
        {
            var subscriber = await SubscribeAsync("-t large -q 1");
            await PublishAsync($"-t large -f {file} -q 1");

            Assert.Equal("0 1 large " + await File.ReadAllTextAsync(file), await subscriber.NextAsync());
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Publish_ManyIdleSubscribers_OnlyTheOneMeantIsAsked()
    {
        var factory = new MqttBusFactory(Broker.Url, Protocol.Tests.Messaging.Patience.Clock);
        for (var i = 0; i < 200; i++)
        {
            var idle = Disposed(factory.Create(new BusOptions { ClientId = $"idle-{i}" }));
            await idle.ConnectAsync();
            await idle.SubscribeAsync($"command//device-{i}/req/#");
        }

        var subscriber = await SubscribeAsync("-t e/# -q 1");
        await PublishAsync("-t e/t -q 1 --repeat 500 -m x");
        await PublishAsync("-t e/t -q 1 -m marker");

        Assert.Equal(500, (await subscriber.UntilAsync("marker")).Count);
    }
}

namespace Leda.Harness.Simulator.Tests.Broker;

public sealed class RetainedTests : BrokerTest
{
    [Theory]
    [InlineData("mqttv311")]
    [InlineData("mqttv5")]
    public async Task Subscribe_AfterRetainedMessages_GetsTheLastOfEachTopicUntilCleared(string version)
    {
        var early = await SubscribeAsync($"-V {version} -t status/# -q 1");
        await PublishAsync($"-V {version} -t status/a -m old -r -q 1");
        await PublishAsync($"-V {version} -t status/a -m new -r -q 1");
        await PublishAsync($"-V {version} -t status/b -m gone -r -q 1");
        await PublishAsync($"-V {version} -t status/b -n -r -q 1");
        await PublishAsync($"-V {version} -t status/c -m not-retained -q 1");

        var late = await SubscribeAsync($"-V {version} -t status/# -q 1");
        await PublishAsync($"-V {version} -t status/end -m marker -q 1");

        Assert.Equal(["1 1 status/a new"], await late.UntilAsync("marker"));
        Assert.Equal(
            ["0 1 status/a old", "0 1 status/a new", "0 1 status/b gone", "0 1 status/b ", "0 1 status/c not-retained"],
            await early.UntilAsync("marker"));
    }
}

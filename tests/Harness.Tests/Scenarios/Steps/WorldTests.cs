using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Scenarios.Steps;
using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Harness.Tests.Scenarios.Steps;

public sealed class WorldTests
{
    [Fact]
    public async Task End_AfterFoulPlay_FailsAndLeavesNoFilesBehind()
    {
        var world = new World(new WorldSettings { InMemory = true, Time = RealTime.Provider });
        world.Options = world.Options with { Connector = false };
        var directory = world.DataDirectory();
        var harness = await world.UpAsync();
        var connector = harness.Bus.Create(new BusOptions { ClientId = "connector" });
        await connector.ConnectAsync(TestContext.Current.CancellationToken);
        await connector.PublishAsync(BusMessage.Of("command//a:b/req/1/stop", "no envelope"), TestContext.Current.CancellationToken);
        await connector.DisposeAsync();

        var failure = await Assert.ThrowsAsync<ExpectationException>(world.EndAsync);

        Assert.Contains("keep to the contract", failure.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(directory), "the device's state should be gone");
    }

    [Fact]
    public void FairPlay_QueueOverflows_Fails() => Assert.Throws<ExpectationException>(() => FairPlay.Check(
        [new JournalEntry { At = default, Kind = JournalKind.Overflow, Who = "someone" }]));
}

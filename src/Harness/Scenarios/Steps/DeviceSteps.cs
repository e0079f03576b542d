using Leda.Harness.Device.Containers;
using Leda.Harness.Protocol.Hono;
using Leda.Harness.Simulator.Journal;
using Reqnroll;

namespace Leda.Harness.Scenarios.Steps;

/// <summary>A device comes and goes, and what it says and hears on the bus.</summary>
[Binding]
internal sealed class DeviceSteps(World world)
{
    [Given("a device without containers")]
    public void GivenADeviceWithoutContainers() => world.Options = world.Options with { Containers = ContainerSupply.None };

    [Given("a device with the demo containers")]
    public void GivenADeviceWithTheDemoContainers() => world.Options = world.Options with { Containers = ContainerSupply.Demo };

    [Given("a device with {int} containers")]
    public void GivenADeviceWithContainers(int count) => world.Options = world.Options with { Containers = ContainerSupply.Believable(count) };

    [Given("no device")]
    public Task GivenNoDevice() => world.UpAsync();

    [Given("a running device without containers")]
    public Task GivenARunningDevice() => RunAsync(ContainerSupply.None);

    [Given("a running device with the demo containers")]
    public Task GivenARunningDeviceWithTheDemoContainers() => RunAsync(ContainerSupply.Demo);

    [Given("a running device without containers that keeps its state")]
    public Task GivenARunningDeviceThatKeepsItsState()
    {
        world.Options = world.Options with { DataDirectory = world.DataDirectory() };
        return RunAsync(ContainerSupply.None);
    }

    [Given("the device is waiting for its identity")]
    public async Task GivenTheDeviceIsWaiting()
    {
        await WhenTheDeviceStarts();
        await ThenTheDevicePublishesOn("edge/thing/request");
    }

    [When("the device starts")]
    public async Task WhenTheDeviceStarts()
    {
        var harness = await world.UpAsync();
        await harness.StartDeviceAsync();
    }

    [When("the harness starts")]
    public Task WhenTheHarnessStarts() => world.UpAsync();

    [When("the device restarts")]
    public async Task WhenTheDeviceRestarts()
    {
        await world.Harness.StopDeviceAsync();
        await world.BeginActionAsync();
        await world.Harness.StartDeviceAsync();
    }

    [When("the device shuts down")]
    public Task WhenTheDeviceShutsDown() => world.Harness.StopDeviceAsync();

    [Then("(after that )the device subscribes to {string}")]
    public Task ThenTheDeviceSubscribesTo(string filter) => world.ExpectAsync(
        $"the device to subscribe to {filter}", e => e.Kind == JournalKind.Subscribe && e.IsFromDevice() && e.Topic == filter);

    [Then("(after that )the device takes commands")]
    public Task ThenTheDeviceTakesCommands() => ThenTheDeviceSubscribesTo(DeviceTopic.CommandFilter(world.Thing.ToString()));

    [Then("(after that )the device ends its subscription to {string}")]
    public Task ThenTheDeviceEndsItsSubscriptionTo(string filter) => world.ExpectAsync(
        $"the device to unsubscribe from {filter}", e => e.Kind == JournalKind.Unsubscribe && e.IsFromDevice() && e.Topic == filter);

    [Then("(after that )the device publishes on {string}")]
    public Task ThenTheDevicePublishesOn(string filter) =>
        world.ExpectAsync($"the device to publish on {filter}", e => e.IsFromDevice() && e.IsPublishOn(filter));

    [Then("(after that )the device answers with status {int}")]
    public Task ThenTheDeviceAnswersWith(int status) => world.ExpectAsync(
        $"the device to answer with status {status}",
        e => e.IsFromDevice() && DeviceTopic.TryParse(e.Topic, out var topic, out _)
            && topic.Kind == DeviceTopicKind.CommandResponse && topic.Status == status && e.Envelope()?.Status == status);

    [Then("the device says nothing on {string} for {int} milliseconds")]
    public Task ThenTheDeviceSaysNothingOn(string filter, int milliseconds) => world.ExpectNothingAsync(
        $"a message of the device on {filter}", e => e.IsFromDevice() && e.IsPublishOn(filter), TimeSpan.FromMilliseconds(milliseconds));

    [Then("the device never subscribes to anything for {int} milliseconds")]
    public Task ThenTheDeviceNeverSubscribes(int milliseconds) => world.ExpectNothingAsync(
        "a subscription of the device", e => e.IsFromDevice() && e.Kind == JournalKind.Subscribe, TimeSpan.FromMilliseconds(milliseconds));

    [Then("it does so on {string}")]
    public void ThenItDoesSoOn(string topic) => Check.Equal(topic, world.Found?.Topic, "the topic");

    /// <summary>A device that has registered and listens to commands.</summary>
    private async Task RunAsync(ContainerSupply containers)
    {
        world.Options = world.Options with { Containers = containers };
        await WhenTheDeviceStarts();
        await ThenTheDeviceTakesCommands();
        await world.Harness.Journal.SettleAsync();
    }
}

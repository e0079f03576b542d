using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Simulator.Journal;
using Reqnroll;

namespace Leda.Harness.Scenarios.Steps;

/// <summary>The connector comes, goes, and says who the gateway is.</summary>
[Binding]
internal sealed class ConnectorSteps(World world)
{
    [Given("no cloud connector")]
    public void GivenNoCloudConnector() => world.Options = world.Options with { Connector = false };

    [Given("the cloud goes offline")]
    [When("the cloud goes offline")]
    public Task WhenTheCloudGoesOffline() => world.Connector.GoOfflineAsync();

    [Given("the cloud comes online")]
    [When("the cloud comes online")]
    public Task WhenTheCloudComesOnline() => world.Connector.GoOnlineAsync();

    [When("the connector is killed")]
    public Task WhenTheConnectorIsKilled() => world.Connector.CrashAsync();

    [When("the connector takes the policy {string}")]
    public Task WhenTheConnectorTakesThePolicy(string policy) =>
        world.Connector.ChangeIdentityAsync(world.Options.Identity with { PolicyId = policy });

    [Given("the connector takes the identity {string} of tenant {string}")]
    [When("the connector takes the identity {string} of tenant {string}")]
    public Task WhenTheConnectorTakesTheIdentity(string device, string tenant) =>
        world.Connector.ChangeIdentityAsync(new GatewayIdentity(device, tenant));

    [Given("the identity {string} of tenant {string} is announced again")]
    [When("the identity {string} of tenant {string} is announced again")]
    public async Task WhenTheIdentityIsAnnouncedAgain(string device, string tenant)
    {
        var someone = await world.SomeoneAsync();
        await someone.PublishAsync(new BusMessage(EdgeTopics.ThingResponse, new GatewayIdentity(device, tenant).ToUtf8()));
    }

    [Then("the connector announces the identity of {string}")]
    public Task ThenTheConnectorAnnounces(string device) => world.ExpectAsync(
        $"the identity of {device}",
        e => e.Who == "connector" && e.Topic == EdgeTopics.ThingResponse
            && GatewayIdentity.TryParse(e.Payload.Span, out var identity, out _) && identity.DeviceId == device);

    [Then("(after that )the connector publishes on {string}")]
    public Task ThenTheConnectorPublishesOn(string filter) =>
        world.ExpectAsync($"the connector to publish on {filter}", e => e.IsFromConnector() && e.IsPublishOn(filter));

    [Then("the connector reports the cause {string}")]
    public Task ThenTheConnectorReportsTheCause(string cause) => world.ExpectAsync(
        $"the cause {cause}", e => e.Topic == EdgeTopics.RemoteStatus && e.Kind == JournalKind.Publish && Reports(e, $"\"cause\":\"{cause}\""));

    [Then("the connector says nothing on {string} for {int} milliseconds")]
    public Task ThenTheConnectorSaysNothingOn(string filter, int milliseconds) => world.ExpectNothingAsync(
        $"a message of the connector on {filter}", e => e.IsFromConnector() && e.IsPublishOn(filter), TimeSpan.FromMilliseconds(milliseconds));

    // Shell scripts look for these bytes, so the spelling counts (sdv-health greps for connected":true).
    private static bool Reports(JournalEntry entry, string text) => new BusMessage("", entry.Payload).Text.Contains(text, StringComparison.Ordinal);
}

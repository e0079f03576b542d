using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Hono;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Simulator.Journal;
using Reqnroll;

namespace Leda.Harness.Scenarios.Steps;

/// <summary>What things report, and what their twins make of it.</summary>
[Binding]
internal sealed class TwinSteps(World world)
{
    [Given("""^the thing "([^"]*)" has the feature "([^"]*)" with (.+)$""")]
    public async Task GivenTheThingHasTheFeature(string thing, string feature, string value)
    {
        await WhenTheThingReportsTheFeature(thing, feature, value);
        await ThenTheTwinHasTheFeature(thing, feature);
    }

    [When("""^the thing "([^"]*)" reports the feature "([^"]*)" with (.+)$""")]
    public Task WhenTheThingReportsTheFeature(string thing, string feature, string value) =>
        ModifyAsync(thing, ResourcePath.Feature(feature), World.Json(value));

    [When("""^the thing "([^"]*)" reports the property "([^"]*)" of the feature "([^"]*)" with (.+)$""")]
    public Task WhenTheThingReportsTheProperty(string thing, string property, string feature, string value) =>
        ModifyAsync(thing, ResourcePath.Property(feature, property), World.Json(value));

    [Then("the twin {string} has the feature {string}")]
    public Task ThenTheTwinHasTheFeature(string thing, string feature) => world.EventuallyAsync(
        $"the twin {thing} to have the feature {feature}", () => $"{Find(thing)?.ToJson()}", () => Find(thing)?.Feature(feature) is not null,
        ThingId.Parse(thing), feature);

    [Then("""^the feature "([^"]*)" of "([^"]*)" is (\{.*)$""")]
    public Task ThenTheFeatureIs(string feature, string thing, string value) => world.EventuallyAsync(
        $"the feature {feature} to be {value}", () => $"{Find(thing)?.Feature(feature)}",
        () => Check.SameJson(value, Find(thing)?.Feature(feature)), ThingId.Parse(thing), feature);

    [Then("the twin tells {string} of {string}")]
    public Task ThenTheTwinTells(string action, string path) =>
        world.ExpectAsync($"the event {action} of {path}", e => IsEvent(e, action, path));

    [Then("the twin tells {string} of {string} with revision {int}")]
    public Task ThenTheTwinTellsWithRevision(string action, string path, int revision) => world.ExpectAsync(
        $"the event {action} of {path} with revision {revision}", e => IsEvent(e, action, path) && e.Envelope()!.Revision == revision);

    [Then("the twin tells {string} of the container {string}")]
    public Task ThenTheTwinTellsOfTheContainer(string action, string name) =>
        ThenTheTwinTells(action, $"/features/{ContainerFeature.Id(world.ContainerId(name))}");

    [Then("the twin refuses it with {int} {string}")]
    public Task ThenTheTwinRefusesIt(int status, string error) => world.ExpectAsync(
        $"the twin to refuse it with {status} {error}",
        e => e.Kind == JournalKind.TwinError && e.Envelope() is { } refusal
            && refusal.Status == status && Traffic.Text(refusal.Value, "error") == error);

    private static bool IsEvent(JournalEntry entry, string action, string path) =>
        entry.Kind == JournalKind.TwinEvent && entry.Envelope() is { } change
        && change.Path == path && change.Topic.EndsWith($"/things/twin/events/{action}", StringComparison.Ordinal);

    private Simulator.Twins.Thing? Find(string thing) => world.Harness.Things.Find(ThingId.Parse(thing));

    private async Task ModifyAsync(string thing, ResourcePath path, JsonElement value)
    {
        var command = new Envelope
        {
            Topic = TopicPath.TwinCommand(ThingId.Parse(thing), "modify").ToString(),
            Headers = DittoHeaders.Of(responseRequired: false),
            Path = path.ToString(),
            Value = value,
        };
        var someone = await world.SomeoneAsync();
        await someone.PublishAsync(new BusMessage(DeviceTopic.Event(world.Options.Identity.TenantId, thing).ToString(), command.ToUtf8()));
    }
}

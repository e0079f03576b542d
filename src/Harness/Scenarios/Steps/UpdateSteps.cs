using System.Collections.Immutable;
using System.Text.Json;
using Leda.Harness.Device.Updates;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Protocol.Updates;
using Reqnroll;

namespace Leda.Harness.Scenarios.Steps;

/// <summary>An update manager wants containers to be in some state, and the device's update agent brings them there.</summary>
[Binding]
internal sealed class UpdateSteps(World world, UpdateManager manager)
{
    [Given("a device with an update agent")]
    public void GivenAnUpdateAgent() => Equip(new UpdateAgentOptions());

    [Given("a device with an update agent that only compares")]
    public void GivenAnUpdateAgentThatCompares() => Equip(new UpdateAgentOptions { DryRun = true });

    [Given("a device with an update agent that spares {string}")]
    public void GivenAnUpdateAgentThatSpares(string container) => Equip(new UpdateAgentOptions { SystemContainers = [container] });

    [Given("the update manager wants")]
    public async Task GivenTheManagerWants(DataTable components)
    {
        await manager.DesireAsync(components);
        await world.ExpectAsync("the desired state to be identified", e => manager.Feedback(e)?.Status == UpdateStatus.Identified);
    }

    [When("the update manager wants")]
    public Task WhenTheManagerWants(DataTable components) => manager.DesireAsync(components);

    [When("the update manager wants in the activity {string}")]
    public Task WhenTheManagerWantsIn(string activity, DataTable components)
    {
        manager.Activity = activity;
        return manager.DesireAsync(components);
    }

    [When("the update manager wants in the domain {string}")]
    public Task WhenTheManagerWantsInTheDomain(string domain, DataTable components) => manager.DesireAsync(components, domain);

    [When("^the update manager commands (\\w+)$")]
    public Task WhenTheManagerCommands(string command) => manager.CommandAsync(command);

    [When("^the update manager commands (\\w+) for \"([^\"]*)\"$")]
    public Task WhenTheManagerCommandsFor(string command, string baseline) => manager.CommandAsync(command, baseline);

    [When("^the update manager commands (\\w+) in the activity \"([^\"]*)\"$")]
    public Task WhenTheManagerCommandsIn(string command, string activity) => manager.CommandAsync(command, activity: activity);

    [Given("^the update manager has commanded (.+)$")]
    public async Task GivenTheManagerHasCommanded(string commands)
    {
        foreach (var command in commands.Split([", ", " and "], StringSplitOptions.None))
        {
            var from = world.Harness.Journal.Next;
            await manager.CommandAsync(command);
            world.From = from;
            await world.ExpectAsync($"{command} to be over", e => manager.Feedback(e) is { } told
                && (told.Status.EndsWith("_SUCCESS", StringComparison.Ordinal) || told.Status.EndsWith("_FAILURE", StringComparison.Ordinal)));
        }
    }

    [When("the update manager asks for the inventory")]
    public Task WhenTheManagerAsks() => manager.AskAsync();

    [Then("^the update agent reports (.+)$")]
    public async Task ThenTheAgentReports(string statuses)
    {
        var expected = statuses.Split([", ", " and "], StringSplitOptions.None);
        var seen = new List<string>();
        await world.ExpectAsync($"the feedback {statuses}", e =>
        {
            if (manager.Feedback(e) is { } told)
                seen.Add(told.Status);
            return seen.Count == expected.Length;
        });
        Check.Equal(string.Join(", ", expected), string.Join(", ", seen), "the feedback");
    }

    [Then("(after that )the update agent tells {word} with the actions")]
    public async Task ThenTheAgentTells(string status, DataTable actions)
    {
        string Of(DesiredStateFeedback told) => string.Join(", ", (told.Actions ?? []).Select(a => $"{a.Component.Id} {a.Status}"));
        var expected = string.Join(", ", actions.Rows.Select(r => $"{UpdateManager.Domain}:{r["container"]} {r["status"]}"));
        await world.ExpectAsync($"{status} with {expected}", e => manager.Feedback(e) is { } told && told.Status == status && Of(told) == expected);
    }

    [Then("the update agent refuses with {word}, saying {string}")]
    public Task ThenTheAgentRefuses(string status, string reason) => world.ExpectAsync(
        $"{status} that says {reason}", e => manager.Feedback(e) is { } told && told.Status == status && told.Message?.Contains(reason, StringComparison.Ordinal) == true);

    [Then("the update agent tells nothing for {int} milliseconds")]
    public Task ThenTheAgentTellsNothing(int milliseconds) =>
        world.ExpectNothingAsync("feedback", e => e.IsPublishOn(UpdateManager.Topics.Feedback), TimeSpan.FromMilliseconds(milliseconds));

    [Then("the update agent's inventory lists")]
    public async Task ThenTheInventoryLists(DataTable expected)
    {
        var found = await world.ExpectAsync("an inventory", e => e.IsFromDevice() && e.IsPublishOn(UpdateManager.Topics.CurrentState));
        Check.Equal(true, found.Retain, "the inventory to be retained");
        _ = UpdateEnvelope.TryParse(found.Payload.Span, UpdatesJson.Default.Inventory, out _, out var inventory, out _);
        var seen = inventory!.SoftwareNodes!.Where(n => n.Type == SoftwareNode.Container).Select(n => $"{n.Id} {n.Version}").Order();
        Check.Equal(string.Join(", ", expected.Rows.Select(r => $"{UpdateManager.Domain}:{r["container"]} {r["version"]}").Order()), string.Join(", ", seen), "the inventory");
    }

    [Given("the containers of the device are")]
    [Then("the containers of the device are")]
    public Task ThenTheContainersAre(DataTable expected)
    {
        var wanted = string.Join(", ", expected.Rows.Select(r => $"{r["container"]} {r["image"]} {r["state"]}").Order());
        return world.EventuallyAsync($"the containers {wanted}", Containers, () => Containers() == wanted);
    }

    private void Equip(UpdateAgentOptions agent) =>
        world.Options = world.Options with { DeviceOptions = world.Options.DeviceOptions with { UpdateAgent = agent } };

    private string Containers() => string.Join(", ", (world.Harness.Things.Find(world.Thing)?.Features ?? ImmutableSortedDictionary<string, PackedJson>.Empty)
        .Where(f => ContainerFeature.ContainerOf(f.Key) is not null)
        .Select(f => string.Join(' ', Status(f.Value.Value, "name"), Status(f.Value.Value, "imageRef"), Status(f.Value.Value, "state", "status")))
        .Order());

    private static string? Status(JsonElement feature, params ReadOnlySpan<string> way) =>
        Traffic.Text(feature, ["properties", "status", .. way]);
}

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Leda.Harness.Device.Updates;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Protocol.Updates;
using Leda.Harness.Simulator.Journal;
using Reqnroll;

namespace Leda.Harness.Scenarios.Steps;

/// <summary>An update manager wants containers to be in some state, and the device's update agent brings them there.</summary>
[Binding]
internal sealed class UpdateSteps(World world)
{
    private const string Domain = "containers";

    private static readonly UpdateTopics _topics = UpdateTopics.Of(Domain);

    private string _activity = "activity-1";

    [Given("a device with an update agent")]
    public void GivenAnUpdateAgent() => Equip(new UpdateAgentOptions());

    [Given("a device with an update agent that only compares")]
    public void GivenAnUpdateAgentThatCompares() => Equip(new UpdateAgentOptions { DryRun = true });

    [Given("a device with an update agent that spares {string}")]
    public void GivenAnUpdateAgentThatSpares(string container) => Equip(new UpdateAgentOptions { SystemContainers = [container] });

    [Given("the update manager wants")]
    public async Task GivenTheManagerWants(DataTable components)
    {
        await DesireAsync(components, Domain);
        await world.ExpectAsync("the desired state to be identified", e => Feedback(e)?.Status == UpdateStatus.Identified);
    }

    [When("the update manager wants")]
    public Task WhenTheManagerWants(DataTable components) => DesireAsync(components, Domain);

    [When("the update manager wants in the activity {string}")]
    public Task WhenTheManagerWantsIn(string activity, DataTable components)
    {
        _activity = activity;
        return DesireAsync(components, Domain);
    }

    [When("the update manager wants in the domain {string}")]
    public Task WhenTheManagerWantsInTheDomain(string domain, DataTable components) => DesireAsync(components, domain);

    [When("^the update manager commands (\\w+)$")]
    public Task WhenTheManagerCommands(string command) => CommandAsync(command, null);

    [When("^the update manager commands (\\w+) for \"([^\"]*)\"$")]
    public Task WhenTheManagerCommandsFor(string command, string baseline) => CommandAsync(command, baseline);

    [When("^the update manager commands (\\w+) in the activity \"([^\"]*)\"$")]
    public Task WhenTheManagerCommandsIn(string command, string activity) => CommandAsync(command, null, activity);

    [Given("^the update manager has commanded (.+)$")]
    public async Task GivenTheManagerHasCommanded(string commands)
    {
        foreach (var command in commands.Split([", ", " and "], StringSplitOptions.None))
        {
            var from = world.Harness.Journal.Next;
            await CommandAsync(command, null);
            world.From = from;
            await world.ExpectAsync($"{command} to be over", e => Feedback(e) is { } told
                && (told.Status.EndsWith("_SUCCESS", StringComparison.Ordinal) || told.Status.EndsWith("_FAILURE", StringComparison.Ordinal)));
        }
    }

    [When("the update manager asks for the inventory")]
    public Task WhenTheManagerAsks() => PublishAsync(_topics.CurrentStateGet, "inventory-please", new DesiredState(), UpdatesJson.Default.DesiredState);

    [Then("^the update agent reports (.+)$")]
    public async Task ThenTheAgentReports(string statuses)
    {
        var expected = statuses.Split([", ", " and "], StringSplitOptions.None);
        var seen = new List<string>();
        await world.ExpectAsync($"the feedback {statuses}", e =>
        {
            if (Feedback(e) is { } told)
                seen.Add(told.Status);
            return seen.Count == expected.Length;
        });
        Check.Equal(string.Join(", ", expected), string.Join(", ", seen), "the feedback");
    }

    [Then("(after that )the update agent tells {word} with the actions")]
    public async Task ThenTheAgentTells(string status, DataTable actions)
    {
        string Of(DesiredStateFeedback told) => string.Join(", ", (told.Actions ?? []).Select(a => $"{a.Component.Id} {a.Status}"));
        var expected = string.Join(", ", actions.Rows.Select(r => $"{Domain}:{r["container"]} {r["status"]}"));
        await world.ExpectAsync($"{status} with {expected}", e => Feedback(e) is { } told && told.Status == status && Of(told) == expected);
    }

    [Then("the update agent refuses with {word}, saying {string}")]
    public Task ThenTheAgentRefuses(string status, string reason) => world.ExpectAsync(
        $"{status} that says {reason}", e => Feedback(e) is { } told && told.Status == status && told.Message?.Contains(reason, StringComparison.Ordinal) == true);

    [Then("the update agent tells nothing for {int} milliseconds")]
    public Task ThenTheAgentTellsNothing(int milliseconds) =>
        world.ExpectNothingAsync("feedback", e => e.IsPublishOn(_topics.Feedback), TimeSpan.FromMilliseconds(milliseconds));

    [Then("the update agent's inventory lists")]
    public async Task ThenTheInventoryLists(DataTable expected)
    {
        var found = await world.ExpectAsync("an inventory", e => e.IsFromDevice() && e.IsPublishOn(_topics.CurrentState));
        Check.Equal(true, found.Retain, "the inventory to be retained");
        _ = UpdateEnvelope.TryParse(found.Payload.Span, UpdatesJson.Default.Inventory, out _, out var inventory, out _);
        var seen = inventory!.SoftwareNodes!.Where(n => n.Type == SoftwareNode.Container).Select(n => $"{n.Id} {n.Version}").Order();
        Check.Equal(string.Join(", ", expected.Rows.Select(r => $"{Domain}:{r["container"]} {r["version"]}").Order()), string.Join(", ", seen), "the inventory");
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

    private string Containers() => string.Join(", ", (world.Harness.Things.Find(world.Thing)?.Features ?? ImmutableSortedDictionary<string, JsonElement>.Empty)
        .Where(f => ContainerFeature.ContainerOf(f.Key) is not null)
        .Select(f => string.Join(' ', Status(f.Value, "name"), Status(f.Value, "imageRef"), Status(f.Value, "state", "status")))
        .Order());

    private static string? Status(JsonElement feature, params ReadOnlySpan<string> way) =>
        Traffic.Text(feature, ["properties", "status", .. way]);

    private DesiredStateFeedback? Feedback(JournalEntry entry) =>
        entry.IsFromDevice() && entry.IsPublishOn(_topics.Feedback)
        && UpdateEnvelope.TryParse(entry.Payload.Span, UpdatesJson.Default.DesiredStateFeedback, out var envelope, out var told, out _)
        && envelope.ActivityId == _activity
            ? told
            : null;

    /// <summary>Components that name a baseline belong to it.</summary>
    private Task DesireAsync(DataTable components, string domain) => PublishAsync(_topics.DesiredState, _activity, new DesiredState
    {
        Baselines = !components.ContainsColumn("baseline") ? null : [.. components.Rows.Where(r => r["baseline"].Length > 0).GroupBy(r => r["baseline"])
            .Select(b => new Baseline { Title = b.Key, Components = [.. b.Select(r => $"{domain}:{r["container"]}")] })],
        Domains =
        [
            new UpdateDomain
            {
                Id = domain,
                Components = [.. components.Rows.Select(r => new DesiredComponent { Id = r["container"], Version = r["version"], Config = Config(r) })],
            },
        ],
    }, UpdatesJson.Default.DesiredState);

    private static KeyValue[] Config(DataTableRow row) => !row.TryGetValue("config", out var config) || config.Length == 0 ? [] :
        [.. config.Split(", ").Select(pair => pair.Split('=', 2)).Select(pair => KeyValue.Of(pair[0], pair[1]))];

    private Task CommandAsync(string command, string? baseline, string? activity = null) => PublishAsync(
        _topics.Command, activity ?? _activity, new DesiredStateCommand { Command = command, Baseline = baseline }, UpdatesJson.Default.DesiredStateCommand);

    private async Task PublishAsync<T>(string topic, string activity, T payload, JsonTypeInfo<T> shape)
    {
        var someone = await world.SomeoneAsync();
        await someone.PublishAsync(new BusMessage(topic, UpdateEnvelope.ToUtf8(activity, DateTimeOffset.UnixEpoch, payload, shape)));
    }
}

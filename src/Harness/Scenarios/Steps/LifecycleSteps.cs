using System.Globalization;
using System.Text.Json;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Simulator.Journal;
using Reqnroll;

namespace Leda.Harness.Scenarios.Steps;

/// <summary>Containers that behave in some way, and what becomes of them by themselves.</summary>
[Binding]
internal sealed class LifecycleSteps(World world)
{
    private const string Image = "docker.io/library/busybox:1.35";

    /// <summary>By how much a timer and the wall clock may differ.</summary>
    private static readonly TimeSpan _earliness = TimeSpan.FromMilliseconds(20);

    [Given("""^the container "([^"]*)" that (.+) is (created|running)$""")]
    public Task GivenTheContainerThat(string name, string manners, string state) => world.CreateAsync(
        new CreateArguments { ImageRef = Image, Name = name, Config = ContainerManners.Read(manners), Start = state == "running" });

    [When("""^the container "([^"]*)" that (.+) is started$""")]
    public Task WhenTheContainerIsStarted(string name, string manners) => GivenTheContainerThat(name, manners, "running");

    [Given("{int} milliseconds pass")]
    [When("{int} milliseconds pass")]
    public Task WhenTimePasses(int milliseconds) =>
        world.ExpectNothingAsync("an end of time", _ => false, TimeSpan.FromMilliseconds(milliseconds));

    [Given("(after that )the container {string} has exited {int} times")]
    [Then("(after that )the container {string} has exited {int} times")]
    public async Task GivenTheContainerHasExited(string name, int times)
    {
        var count = 0;
        await world.ExpectAsync($"the container {name} to exit {times} times", e => Tells(e, name, "EXITED") && ++count == times);
    }

    [Then("(after that )the container {string} becomes {word} with")]
    public async Task ThenTheContainerBecomesWith(string name, string state, DataTable expected)
    {
        var found = await world.ExpectAsync($"the container {name} to become {state}", e => Tells(e, name, state));
        var json = StateIn(found, name)!.Value;
        foreach (var row in expected.Rows)
        {
            var seen = json.TryGetProperty(row["member"], out var value) ? value.ToString() : "absent";
            Check.Equal(row["value"], seen, $"{row["member"]} in the state {json}");
        }
    }

    [Then("(after that )the container {string} stays {word} for {int} milliseconds")]
    public async Task ThenTheContainerStays(string name, string state, int milliseconds)
    {
        var found = await world.ExpectAsync($"the container {name} to become {state}", e => Tells(e, name, state));
        world.From = found.Sequence + 1;
        await ThenNothingIsTold(name, milliseconds);
    }

    [Then("(after that )nothing is told of the container {string} for {int} milliseconds")]
    public Task ThenNothingIsTold(string name, int milliseconds)
    {
        var feature = world.FeatureOf(name);
        return world.ExpectNothingAsync(
            $"a message of the device about {name}",
            e => e.IsFromDevice() && e.IsPublishOn("e/#") && e.Envelope() is { } envelope && envelope.Path.StartsWith($"/features/{feature}", StringComparison.Ordinal),
            TimeSpan.FromMilliseconds(milliseconds));
    }

    [Then("the container {string} exits and comes back after at least {int}, {int} and {int} milliseconds")]
    public async Task ThenTheContainerComesBackAfter(string name, int first, int second, int third)
    {
        foreach (var pause in new[] { first, second, third })
        {
            var exit = await NextAsync(name, "EXITED");
            var start = await NextAsync(name, "RUNNING");
            var waited = Instant(start, name, "startedAt") - Instant(exit, name, "finishedAt");
            Check.Equal(true, waited >= TimeSpan.FromMilliseconds(pause) - _earliness, $"a pause of {waited.TotalMilliseconds} ms to be at least {pause} ms");
        }
    }

    [Then("the configuration of {string} changes to")]
    public Task ThenTheConfigurationChanges(string name, DataTable expected)
    {
        var path = $"/features/{world.FeatureOf(name)}/properties/status/config";
        return world.ExpectAsync($"the configuration of {name} to change so", e => e.TwinCommand("modify") is { } change && change.Path == path
            && expected.Rows.All(row => row["value"] == (change.Value is { } config && config.TryGetProperty(row["member"], out var member) ? member.GetRawText() : "absent")));
    }

    private async Task<JournalEntry> NextAsync(string name, string state)
    {
        var found = await world.ExpectAsync($"the container {name} to become {state}", e => Tells(e, name, state));
        world.From = found.Sequence + 1;
        return found;
    }

    /// <summary>Whether this is the report of the state alone: a whole feature is no change.</summary>
    private bool Tells(JournalEntry entry, string name, string state) =>
        entry.RegisteredFeature() is null && entry.StateOf(world.ContainerId(name)) == state;

    private JsonElement? StateIn(JournalEntry entry, string name) =>
        entry.Envelope() is { } envelope && envelope.Path.Contains(world.FeatureOf(name), StringComparison.Ordinal) ? envelope.Value : null;

    private DateTimeOffset Instant(JournalEntry entry, string name, string member) =>
        DateTimeOffset.Parse(Traffic.Text(StateIn(entry, name), member)!, CultureInfo.InvariantCulture);
}

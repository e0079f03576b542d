using System.Text.Json.Serialization.Metadata;
using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Protocol.Updates;
using Leda.Harness.Simulator.Journal;
using Reqnroll;

namespace Leda.Harness.Scenarios.Steps;

/// <summary>The update manager of a scenario: what it wants, what it commands, and what it is told of that.</summary>
internal sealed class UpdateManager(World world)
{
    /// <summary>What it looks after.</summary>
    public const string Domain = "containers";

    /// <summary>Where it meets the device's update agent.</summary>
    public static UpdateTopics Topics { get; } = UpdateTopics.Of(Domain);

    /// <summary>What ties its messages together.</summary>
    public string Activity { get; set; } = "activity-1";

    /// <summary>What the update agent tells of the activity, or <see langword="null"/>.</summary>
    public DesiredStateFeedback? Feedback(JournalEntry entry) =>
        entry.IsFromDevice() && entry.IsPublishOn(Topics.Feedback)
        && UpdateEnvelope.TryParse(entry.Payload.Span, UpdatesJson.Default.DesiredStateFeedback, out var envelope, out var told, out _)
        && envelope.ActivityId == Activity
            ? told
            : null;

    /// <summary>Wants these components; those that name a baseline belong to it.</summary>
    public Task DesireAsync(DataTable components, string domain = Domain) => PublishAsync(Topics.DesiredState, Activity, new DesiredState
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

    /// <summary>Commands the next step of the activity, or of another one.</summary>
    public Task CommandAsync(string command, string? baseline = null, string? activity = null) => PublishAsync(
        Topics.Command, activity ?? Activity, new DesiredStateCommand { Command = command, Baseline = baseline }, UpdatesJson.Default.DesiredStateCommand);

    /// <summary>Asks for the inventory.</summary>
    public Task AskAsync() => PublishAsync(Topics.CurrentStateGet, "inventory-please", new DesiredState(), UpdatesJson.Default.DesiredState);

    private static KeyValue[] Config(DataTableRow row) => !row.TryGetValue("config", out var config) || config.Length == 0 ? [] :
        [.. config.Split(", ").Select(pair => pair.Split('=', 2)).Select(pair => KeyValue.Of(pair[0], pair[1]))];

    private async Task PublishAsync<T>(string topic, string activity, T payload, JsonTypeInfo<T> shape)
    {
        var someone = await world.SomeoneAsync();
        await someone.PublishAsync(new BusMessage(topic, UpdateEnvelope.ToUtf8(activity, DateTimeOffset.UnixEpoch, payload, shape)));
    }
}

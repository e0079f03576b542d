using System.Text.Json;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Simulator.Messages;

namespace Leda.Harness.Scenarios.Steps;

/// <summary>What the cloud asks of the device's features, for all steps that do.</summary>
internal static class CloudCommands
{
    /// <summary>The feature of a container that has to be there.</summary>
    public static string FeatureOf(this World world, string container) => ContainerFeature.Id(world.ContainerId(container));

    /// <summary>Sends a command and keeps what became of it as the scenario's answer.</summary>
    public static async Task CommandAsync(this World world, string feature, string operation, JsonElement? value = null, TimeSpan? timeout = null) =>
        world.Answer = await world.RequestAsync(new LiveMessage(world.Thing, feature, operation, value), timeout);

    /// <summary>The command that makes a container.</summary>
    public static LiveMessage Creation(this World world, CreateArguments arguments) => new(
        world.Thing, ContainerFactory.FeatureId, arguments.Config is null ? "create" : "createWithConfig",
        JsonSerializer.SerializeToElement(arguments, KantoJson.Default.CreateArguments));

    /// <summary>Makes a container that the scenario knows by its name from then on.</summary>
    public static async Task CreateAsync(this World world, CreateArguments arguments)
    {
        var name = arguments.Name!;
        var result = await world.RequestAsync(world.Creation(arguments));
        var answer = result.Response ?? throw world.Unanswered(result);
        world.Containers[name] = answer is { Status: 200, Value: { ValueKind: JsonValueKind.String } id }
            ? id.GetString()!
            : throw new ExpectationException(
                $"the container {name} to be created; the answer is {answer.Status} {answer.Value}", world.Harness.Journal.Snapshot(world.Mark));
        if (arguments.Start)
        {
            await world.ExpectAsync($"the container {name} to run", e => e.StateOf(world.Containers[name]) == "RUNNING");
            await world.Harness.Journal.SettleAsync();
        }
    }
}

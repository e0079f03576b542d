using System.Text.Json;
using Leda.Harness.Device.Tests.Support;
using Leda.Harness.Device.Updates;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Tests.Updates;

/// <summary>The update manager on the other side of the bus, played by the test.</summary>
internal sealed class UpdateManager(World world)
{
    public const string Activity = "act-5";

    /// <summary>The feedback so far, in order.</summary>
    public List<JsonElement> Feedback => [.. On("containersupdate/desiredstatefeedback").Select(m => m.GetProperty("payload"))];

    /// <summary>The inventories so far, whole messages.</summary>
    public List<JsonElement> Inventories => On("containersupdate/currentstate");

    /// <summary>The feedback in short: status, baseline if any, and the status of each action by name.</summary>
    public List<string> Told => [.. Feedback.Select(Short)];

    public JsonElement Last => Feedback[^1];

    public static DeviceOptions With(params CreateArguments[] containers) => With(new UpdateAgentOptions(), containers);

    public static DeviceOptions With(UpdateAgentOptions agent, params CreateArguments[] containers) =>
        new() { UpdateAgent = agent, Containers = containers };

    public static CreateArguments Running(string name, string image, ContainerConfig? config = null) =>
        new() { Name = name, ImageRef = image, Start = true, Config = config };

    /// <summary>A component; the configuration as <c>key=value</c>.</summary>
    public static string Component(string name, string version, params string[] config) => $$"""
        {"id":"{{name}}","version":"{{version}}","config":[{{string.Join(',', config.Select(Pair))}}]}
        """;

    public Task DesireAsync(params string[] components) => DesireAllAsync($$"""{"domains":[{"id":"containers","components":[{{string.Join(',', components)}}]}]}""");

    public Task DesireAllAsync(string state, string activity = Activity) =>
        world.SendAsync("containersupdate/desiredstate", $$"""{"activityId":"{{activity}}","timestamp":1932876600000,"payload":{{state}}}""");

    public Task CommandAsync(string command, string? baseline = null, string activity = Activity)
    {
        var title = baseline is null ? "" : $",\"baseline\":\"{baseline}\"";
        return world.SendAsync(
            "containersupdate/desiredstate/command",
            $$$"""{"activityId":"{{{activity}}}","timestamp":1932876600123,"payload":{"command":"{{{command}}}"{{{title}}}}}""");
    }

    /// <summary>Sends several commands about everything.</summary>
    public async Task CommandsAsync(params string[] commands)
    {
        foreach (var command in commands)
            await CommandAsync(command);
    }

    public List<JsonElement> On(string topic) =>
        [.. world.Published.Where(o => o.Topic == topic).Select(o => JsonElement.Parse(o.Payload.Span))];

    private static string Short(JsonElement feedback)
    {
        var baseline = feedback.TryGetProperty("baseline", out var title) ? $" of {title.GetString()}" : "";
        var actions = feedback.TryGetProperty("actions", out var list)
            ? string.Concat(list.EnumerateArray().Select(a =>
                $" {a.GetProperty("component").GetProperty("id").GetString()!["containers:".Length..]}={a.GetProperty("status").GetString()}"))
            : "";
        return $"{feedback.GetProperty("status").GetString()}{baseline}{actions}";
    }

    private static string Pair(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        return $$"""{"key":"{{text[..at]}}","value":"{{text[(at + 1)..]}}"}""";
    }
}

using Leda.Harness.Scenarios.Bindings;
using Leda.Harness.Scenarios.Features;
using Leda.Harness.Scenarios.Running;
using Microsoft.Extensions.Time.Testing;

namespace Leda.Harness.Harness.Tests.Scenarios;

/// <summary>Runs features from text, on steps that a test declares.</summary>
internal static class Probe
{
    /// <summary>Runs all scenarios of a feature; binding classes find a <see cref="Log"/> in their container.</summary>
    public static async Task<(RunResult Run, Log Log)> RunAsync(string feature, Type[] bindings, Func<RunnerOptions, RunnerOptions>? change = null)
    {
        var log = new Log();
        var options = new RunnerOptions
        {
            Clock = new FakeTimeProvider(),
            ConfigureRun = container => container.RegisterInstanceAs(log),
        };
        var runner = new ScenarioRunner(BindingRegistry.FromTypes(bindings), change?.Invoke(options) ?? options);
        return (await runner.RunAsync(FeatureSet.Parse("f.feature", feature).Scenarios), log);
    }

    /// <summary>Runs one scenario with these steps, tagged or not.</summary>
    public static async Task<(ScenarioResult Result, Log Log)> RunStepsAsync(
        string steps, Type[] bindings, string tags = "", Func<RunnerOptions, RunnerOptions>? change = null)
    {
        var (run, log) = await RunAsync($"Feature: Shop\n{tags}\nScenario: s\n{steps}", bindings, change);
        return (Assert.Single(run.Scenarios), log);
    }
}

/// <summary>What binding classes write down, in order.</summary>
internal sealed class Log
{
    public List<string> Lines { get; } = [];

    public string Text => string.Join(" ", Lines);

    public void Add(string line) => Lines.Add(line);
}

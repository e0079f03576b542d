using Leda.Harness.Hosting;
using Leda.Harness.Scenarios.Bindings;
using Leda.Harness.Scenarios.Features;
using Leda.Harness.Scenarios.Running;
using Leda.Harness.Scenarios.Steps;
using Leda.Harness.Simulator.Referee.Contract;

namespace Leda.Harness.Scenarios;

/// <summary>Runs scenarios with the harness's own steps, each in a world of its own.</summary>
internal static class Suite
{
    private static readonly Lazy<BindingRegistry> _bindings = new(() => BindingRegistry.FromAssemblies(typeof(World).Assembly));

    /// <summary>Runs scenarios on real MQTT in real time, one after the other.</summary>
    /// <param name="scenarios">What to run.</param>
    /// <param name="settings">What world they live in.</param>
    /// <param name="completed">Told of each result at once.</param>
    /// <param name="cancellation">Ends the run before the next scenario.</param>
    public static Task<RunResult> RunAsync(
        IEnumerable<Scenario> scenarios, WorldSettings settings, Action<ScenarioResult>? completed = null, CancellationToken cancellation = default)
    {
        var runner = new ScenarioRunner(_bindings.Value, new RunnerOptions
        {
            Clock = settings.Time,
            ConfigureScenario = (container, _) => container.RegisterInstanceAs(settings),
        });
        return runner.RunAsync(scenarios, completed, cancellation);
    }

    /// <summary>Runs scenarios over the in-memory bus on one thread under a virtual clock.</summary>
    /// <param name="scenarios">What to run.</param>
    /// <param name="seed">What all ids are drawn from.</param>
    /// <param name="finished">Takes the journal of each scenario when it is over.</param>
    /// <param name="completed">Told of each result at once.</param>
    /// <param name="schemas">What messages are judged by; <see langword="null"/> for the contract as it is.</param>
    public static RunResult RunVirtually(
        IEnumerable<Scenario> scenarios,
        int seed,
        Action<Simulator.Journal.Journal> finished,
        Action<ScenarioResult>? completed = null,
        SchemaCatalogue? schemas = null) =>
        VirtualWorld.Run(clock => RunAsync(
            scenarios, new WorldSettings { InMemory = true, Seed = seed, Time = clock, Finished = finished, Schemas = schemas }, completed));
}

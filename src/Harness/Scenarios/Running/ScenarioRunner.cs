using Leda.Harness.Scenarios.Bindings;
using Leda.Harness.Scenarios.Features;
using Reqnroll;
using Reqnroll.BoDi;
using Reqnroll.UnitTestProvider;

namespace Leda.Harness.Scenarios.Running;

/// <summary>
/// Runs scenarios. Everything happens where the caller is: no thread is started and no synchronization context left, so that a
/// run on one thread under a virtual clock comes out the same each time.
/// </summary>
#pragma warning disable CA1001 // StopAsync disposes the container, and tells what went wrong.
internal sealed class ScenarioRunner
#pragma warning restore CA1001
{
    private readonly BindingRegistry _bindings;
    private readonly RunnerOptions _options;
    private readonly ObjectContainer _container = new();
    private readonly HookRunner _hooks;

    public ScenarioRunner(BindingRegistry bindings, RunnerOptions options)
    {
        _bindings = bindings;
        _options = options;
        _hooks = new HookRunner(bindings, null, _container, new BindingFlow(BindingCultures.Of(options.BindingCulture)));
        _container.RegisterInstanceAs<IReqnrollOutputHelper>(Output);
        _container.RegisterInstanceAs<IUnitTestRuntimeProvider>(new RuntimeProvider());
        _container.RegisterInstanceAs<ITestRunContext>(new RunContext(options.TestDirectory));
        options.ConfigureRun?.Invoke(_container);
    }

    /// <summary>What the run's own hooks wrote.</summary>
    public OutputCollector Output { get; } = new();

    /// <summary>Runs scenarios in their order, feature by feature, with all hooks around them.</summary>
    /// <param name="scenarios">What to run.</param>
    /// <param name="completed">Told of each result at once.</param>
    /// <param name="cancellation">Ends the run before the next scenario.</param>
    public async Task<RunResult> RunAsync(
        IEnumerable<Scenario> scenarios, Action<ScenarioResult>? completed = null, CancellationToken cancellation = default)
    {
        List<ScenarioResult> results = [];
        List<HookFailure?> failures = [await StartAsync()];
        if (failures is [null])
        {
            foreach (var feature in scenarios.GroupBy(scenario => scenario.Feature)) failures.Add(await RunAsync(feature));
        }

        failures.Add(await StopAsync());
        return new RunResult(results, [.. failures.OfType<HookFailure>()]);

        async Task<HookFailure?> RunAsync(IGrouping<Feature, Scenario> feature)
        {
            var run = Open(feature.Key);
            foreach (var scenario in feature)
            {
                if (cancellation.IsCancellationRequested) break;
                var result = await run.RunAsync(scenario);
                results.Add(result);
                completed?.Invoke(result);
            }

            return await run.CloseAsync();
        }
    }

    /// <summary>Calls the hooks before the run. After a failure no scenario should be run.</summary>
    public Task<HookFailure?> StartAsync() => _hooks.RunAsync(HookType.BeforeTestRun);

    /// <summary>
    /// Opens a feature, for whoever wants to run its scenarios one by one; close it afterwards. Several may be open at once,
    /// each on a thread of its own.
    /// </summary>
    public FeatureRun Open(Feature feature) => new(feature, _bindings, _options, _container);

    /// <summary>Calls the hooks after the run and disposes what it made.</summary>
    public async Task<HookFailure?> StopAsync()
    {
        var failure = await _hooks.RunAsync(HookType.AfterTestRun);
        try
        {
            _container.Dispose();
        }
#pragma warning disable CA1031 // A Dispose that throws is told like a hook that throws.
        catch (Exception error)
#pragma warning restore CA1031
        {
            failure ??= new HookFailure(HookType.AfterTestRun, nameof(IDisposable.Dispose), error);
        }

        return failure;
    }

    private sealed record RunContext(string TestDirectory) : ITestRunContext;
}

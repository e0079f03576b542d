using System.Collections.Specialized;
using System.Globalization;
using Leda.Harness.Scenarios.Bindings;
using Leda.Harness.Scenarios.Features;
using Reqnroll;
using Reqnroll.BoDi;

namespace Leda.Harness.Scenarios.Running;

/// <summary>One feature under way: its scenarios are run one after the other, between its own hooks.</summary>
#pragma warning disable CA1001 // CloseAsync disposes the container, and tells what went wrong.
internal sealed class FeatureRun
#pragma warning restore CA1001
{
    private readonly BindingRegistry _bindings;
    private readonly RunnerOptions _options;
    private readonly CultureInfo _culture;
    private readonly ObjectContainer _container;
    private readonly HookRunner _hooks;
    private bool _started;
    private HookFailure? _failure;

    internal FeatureRun(Feature feature, BindingRegistry bindings, RunnerOptions options, ObjectContainer runContainer)
    {
        _bindings = bindings;
        _options = options;
        _culture = BindingCultures.Of(options.BindingCulture ?? feature.Language);
        _container = new ObjectContainer(runContainer);
        _hooks = new HookRunner(bindings, ScopeTarget.Of(feature), _container, new BindingFlow(_culture));
        var folder = Path.GetDirectoryName(feature.At.File) ?? string.Empty;
        var info = new FeatureInfo(BindingCultures.Of(feature.Language), folder, feature.Title, feature.Description, [.. feature.Tags]);
        _container.RegisterInstanceAs(info);
        _container.RegisterInstanceAs(new FeatureContext(info, _container, _culture));
        _container.RegisterInstanceAs<IReqnrollOutputHelper>(Output);
    }

    /// <summary>What the feature's own hooks wrote.</summary>
    public OutputCollector Output { get; } = new();

    /// <summary>Runs one scenario of the feature; before the first one that is not ignored, the feature's hooks.</summary>
    public async Task<ScenarioResult> RunAsync(Scenario scenario)
    {
        if (scenario.IsIgnored) return ScenarioResult.NotRun(scenario, ScenarioStatus.Skipped) with { SkipReason = "Ignored" };
        var isFirst = !_started;
        if (isFirst)
        {
            _started = true;
            _failure = await _hooks.RunAsync(HookType.BeforeFeature);
        }

        return _failure is null ? await RunScenarioAsync(scenario) : NotRun(scenario, _failure, isFirst);
    }

    /// <summary>Calls the hooks after the feature, if it was started, and disposes what it made.</summary>
    public async Task<HookFailure?> CloseAsync()
    {
        var failure = _started ? await _hooks.RunAsync(HookType.AfterFeature) : null;
        try
        {
            _container.Dispose();
        }
#pragma warning disable CA1031 // A Dispose that throws is told like a hook that throws.
        catch (Exception error)
#pragma warning restore CA1031
        {
            failure ??= new HookFailure(HookType.AfterFeature, nameof(IDisposable.Dispose), error);
        }

        return failure;
    }

    private Task<ScenarioResult> RunScenarioAsync(Scenario scenario)
    {
        var container = new ObjectContainer(_container);
        var output = new OutputCollector();
        var arguments = new OrderedDictionary();
        foreach (var (column, cell) in scenario.Arguments) arguments[column] = cell;
        var info = new ScenarioInfo(
            scenario.Title, scenario.Description, [.. scenario.Tags], arguments, [.. scenario.Feature.Tags, .. scenario.Rule?.Tags ?? []]);
        var rule = scenario.Rule is { } one ? new RuleInfo(one.Title, one.Description, [.. one.Tags]) : null;
        var context = new ScenarioContext(info, rule, container);
        container.RegisterInstanceAs(info);
        container.RegisterInstanceAs(context);
        container.RegisterInstanceAs<IReqnrollOutputHelper>(output);
        try
        {
            _options.ConfigureScenario?.Invoke(container, scenario);
        }
        catch
        {
            // The host's own failure ends the run; nothing of it may stay behind.
            container.Dispose();
            throw;
        }

        return new ScenarioRun(scenario, _bindings, _options, context, output, new BindingFlow(_culture)).RunAsync();
    }

    private static ScenarioResult NotRun(Scenario scenario, HookFailure failure, bool isFirst)
    {
        if (failure.Error is ScenarioSkippedException skipped)
            return ScenarioResult.NotRun(scenario, ScenarioStatus.Skipped) with { SkipReason = skipped.Message };
        var result = ScenarioResult.NotRun(scenario, ScenarioStatus.Failed);
        return isFirst
            ? result with { Error = failure.Error, HookFailures = [failure] }
            : result with { Error = new ReqnrollException($"Skipped because {failure.Method} failed before the feature: {failure.Error.Message}", failure.Error) };
    }
}

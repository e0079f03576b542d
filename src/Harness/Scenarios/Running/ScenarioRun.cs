using Leda.Harness.Scenarios.Bindings;
using Leda.Harness.Scenarios.Features;
using Reqnroll;
using Reqnroll.BoDi;

namespace Leda.Harness.Scenarios.Running;

/// <summary>One scenario under way: its hooks and steps, in order, each awaited where it was called.</summary>
internal sealed class ScenarioRun
{
    private readonly Scenario _scenario;
    private readonly RunnerOptions _options;
    private readonly ObjectContainer _container;
    private readonly ScenarioContext _context;
    private readonly BindingFlow _flow;
    private readonly HookRunner _hooks;
    private readonly StepMatcher _matcher;
    private readonly ArgumentConverter _converter;
    private readonly ScopeTarget _target;
    private readonly OutputCollector _output;
    private readonly List<StepResult> _steps = [];
    private readonly List<HookFailure> _hookFailures = [];
    private string? _skipReason;

    public ScenarioRun(Scenario scenario, BindingRegistry bindings, RunnerOptions options, ScenarioContext context, OutputCollector output, BindingFlow flow)
    {
        _scenario = scenario;
        _options = options;
        _context = context;
        _output = output;
        _flow = flow;
        _container = (ObjectContainer)context.ScenarioContainer;
        _target = ScopeTarget.Of(scenario);
        _hooks = new HookRunner(bindings, _target, _container, flow);
        _matcher = new StepMatcher(bindings);
        _converter = new ArgumentConverter(bindings.Transformations);
    }

    private bool IsFine => _context.ScenarioExecutionStatus == ScenarioExecutionStatus.OK;

    public async Task<ScenarioResult> RunAsync()
    {
        var started = _options.Clock.GetTimestamp();
        var ready = await CallHooksAsync(HookType.BeforeScenario);
        var output = _output.Take();
        if (ready) await RunStepsAsync();
        foreach (var step in _scenario.Steps.Skip(_steps.Count)) _steps.Add(new StepResult(step, ScenarioStatus.Skipped));
        await CallHooksAsync(HookType.AfterScenario);
        CleanUp();
        return new ScenarioVerdict(_context, _options.MissingOrPendingSteps, _steps).Apply(new ScenarioResult(_scenario, ScenarioStatus.Passed)
        {
            Duration = _options.Clock.GetElapsedTime(started),
            SkipReason = _skipReason,
            Steps = _steps,
            HookFailures = _hookFailures,
            Output = [.. output, .. _output.Take()],
            Attachments = _output.Attachments,
        });
    }

    private async Task RunStepsAsync()
    {
        foreach (var step in _scenario.Steps)
        {
            if (!IsFine && _options.StopAtFirstError) return;
            if (!await SwitchBlockAsync((ScenarioBlock)(step.Kind + 1))) return;
            if (!await RunStepAsync(step)) return;
        }

        await SwitchBlockAsync(ScenarioBlock.None);
    }

    /// <returns>False if a hook failed, so that the scenario has to be left at once.</returns>
    private async Task<bool> SwitchBlockAsync(ScenarioBlock block)
    {
        if (_context.CurrentScenarioBlock == block) return true;
        if (_context.CurrentScenarioBlock != ScenarioBlock.None && IsFine && !await CallHooksAsync(HookType.AfterScenarioBlock)) return false;
        _context.CurrentScenarioBlock = block;
        return block == ScenarioBlock.None || !IsFine || await CallHooksAsync(HookType.BeforeScenarioBlock);
    }

    /// <inheritdoc cref="SwitchBlockAsync"/>
    private async Task<bool> RunStepAsync(Step step)
    {
        var started = _options.Clock.GetTimestamp();
        var table = step.CreateTable();
        var context = new ScenarioStepContext(new StepInfo(step.Kind, step.Text, table, step.DocString));
        _context.StepContext = context;
        var match = _matcher.Match(step, _target, _flow.Culture, table);
        var goOn = true;
        if (match.Error is not null) Fail(match.Error, context);
        else if (!IsFine) context.Status = ScenarioExecutionStatus.Skipped;
        else goOn = await ExecuteAsync(match, context);
        _context.StepContext = null;

        _steps.Add(new StepResult(step, ScenarioVerdict.StatusOf(context))
        {
            Duration = _options.Clock.GetElapsedTime(started),
            Error = context.StepError,
            Method = match.Binding is { } binding ? MethodNames.Short(binding.Method) : null,
            Output = _output.Take(),
            Snippet = match.IsUndefined ? Snippet.Method(step) : null,
        });
        return goOn;
    }

    /// <inheritdoc cref="SwitchBlockAsync"/>
    private async Task<bool> ExecuteAsync(StepMatch match, ScenarioStepContext context)
    {
        var method = match.Binding!.Method;
        var arguments = new object?[match.Values.Count];
        // A step whose arguments cannot be made gets no hooks.
        if (!await TryAsync(ConvertAsync, context)) return true;
        if (await CallHooksAsync(HookType.BeforeStep, context)) await TryAsync(() => _flow.InvokeAsync(method, _container, arguments), context);
        return await CallHooksAsync(HookType.AfterStep);

        async Task ConvertAsync()
        {
            foreach (var (index, parameter) in method.GetParameters().Index())
                arguments[index] = await _converter.ConvertAsync(match.Values[index], parameter.ParameterType, _flow, _container);
        }
    }

    private async Task<bool> TryAsync(Func<Task> action, ScenarioStepContext context)
    {
        try
        {
            await action();
            return true;
        }
#pragma warning disable CA1031 // Whatever a step throws is the scenario's result, not the engine's failure.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Fail(error, context);
            return false;
        }
    }

    private async Task<bool> CallHooksAsync(HookType kind, ScenarioStepContext? context = null)
    {
        if (await _hooks.RunAsync(kind) is not { } failure) return true;
        if (failure.Error is not ScenarioSkippedException) _hookFailures.Add(failure);
        Fail(failure.Error, context);
        return false;
    }

    private void CleanUp()
    {
        try
        {
            _container.Dispose();
        }
#pragma warning disable CA1031 // A Dispose that throws fails the scenario.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Fail(error, null);
        }
    }

    private void Fail(Exception error, ScenarioStepContext? context)
    {
        var status = ScenarioVerdict.StatusOf(error);
        if (context is not null) (context.Status, context.StepError) = (status, error);
        if (status is ScenarioExecutionStatus.TestError or ScenarioExecutionStatus.BindingError) _context.TestError ??= error;
        if (status == ScenarioExecutionStatus.Skipped)
        {
            // Skipping ends a scenario that is fine; it does not excuse one that is not.
            if (!IsFine) return;
            _skipReason = error.Message;
        }

        if (status > _context.ScenarioExecutionStatus) _context.ScenarioExecutionStatus = status;
    }
}

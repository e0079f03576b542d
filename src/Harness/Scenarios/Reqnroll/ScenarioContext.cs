using Reqnroll.BoDi;

namespace Reqnroll;

/// <summary>The block of steps that a scenario is in.</summary>
internal enum ScenarioBlock
{
    None,
    Given,
    When,
    Then,
}

/// <summary>How a scenario stands, from good to bad: of two that apply, the later one counts.</summary>
internal enum ScenarioExecutionStatus
{
    OK,
    StepDefinitionPending,
    UndefinedStep,
    BindingError,
    TestError,
    Skipped,
}

/// <summary>What one scenario's steps and hooks share.</summary>
internal sealed class ScenarioContext : ReqnrollContext
{
    internal ScenarioContext(ScenarioInfo scenarioInfo, RuleInfo? ruleInfo, IObjectContainer container)
    {
        ScenarioInfo = scenarioInfo;
        RuleInfo = ruleInfo;
        ScenarioContainer = container;
    }

    public ScenarioInfo ScenarioInfo { get; }

    /// <summary>Null outside a rule.</summary>
    public RuleInfo? RuleInfo { get; }

    public IObjectContainer ScenarioContainer { get; }

    /// <summary>The first error, also while the hooks after it run.</summary>
    public Exception? TestError { get; internal set; }

    public ScenarioExecutionStatus ScenarioExecutionStatus { get; internal set; }

    public ScenarioBlock CurrentScenarioBlock { get; internal set; }

    /// <summary>The step at hand; null between steps.</summary>
    public ScenarioStepContext? StepContext { get; internal set; }
}

/// <summary>What the hooks around one step may know of it.</summary>
internal sealed class ScenarioStepContext : ReqnrollContext
{
    internal ScenarioStepContext(StepInfo stepInfo) => StepInfo = stepInfo;

    public StepInfo StepInfo { get; }

    public ScenarioExecutionStatus Status { get; internal set; }

    public Exception? StepError { get; internal set; }
}

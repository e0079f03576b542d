namespace Reqnroll;

/// <summary>The moments of a run at which hooks are called.</summary>
internal enum HookType
{
    BeforeTestRun,
    AfterTestRun,
    BeforeFeature,
    AfterFeature,
    BeforeScenario,
    AfterScenario,
    BeforeScenarioBlock,
    AfterScenarioBlock,
    BeforeStep,
    AfterStep,
}

/// <summary>What all hook attributes have: a moment, tags of which one must be present (none: always), and an order, ascending for all.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal abstract class HookAttribute(HookType hookType, string[] tags) : Attribute
{
    public const int DefaultOrder = 10000;

    public HookType HookType { get; } = hookType;

    public string[] Tags { get; } = tags;

    public int Order { get; set; } = DefaultOrder;
}

/// <summary>Once, before anything else. Static methods only.</summary>
internal sealed class BeforeTestRunAttribute() : HookAttribute(HookType.BeforeTestRun, []);

/// <summary>Once, after everything else. Static methods only.</summary>
internal sealed class AfterTestRunAttribute() : HookAttribute(HookType.AfterTestRun, []);

/// <summary>Before the first scenario of a feature that is not ignored. Static methods only.</summary>
internal sealed class BeforeFeatureAttribute(params string[] tags) : HookAttribute(HookType.BeforeFeature, tags);

/// <summary>After the last scenario of a feature. Static methods only.</summary>
internal sealed class AfterFeatureAttribute(params string[] tags) : HookAttribute(HookType.AfterFeature, tags);

/// <summary>Before the first step of a scenario.</summary>
internal sealed class BeforeScenarioAttribute(params string[] tags) : HookAttribute(HookType.BeforeScenario, tags);

/// <summary>The short spelling of <see cref="BeforeScenarioAttribute"/>.</summary>
internal sealed class BeforeAttribute(params string[] tags) : HookAttribute(HookType.BeforeScenario, tags);

/// <summary>After a scenario, however it ended: the place for asynchronous clean-up.</summary>
internal sealed class AfterScenarioAttribute(params string[] tags) : HookAttribute(HookType.AfterScenario, tags);

/// <summary>The short spelling of <see cref="AfterScenarioAttribute"/>.</summary>
internal sealed class AfterAttribute(params string[] tags) : HookAttribute(HookType.AfterScenario, tags);

/// <summary>When steps change to another of Given, When, Then.</summary>
internal sealed class BeforeScenarioBlockAttribute(params string[] tags) : HookAttribute(HookType.BeforeScenarioBlock, tags);

/// <summary>When a block of Given, When or Then steps ended well.</summary>
internal sealed class AfterScenarioBlockAttribute(params string[] tags) : HookAttribute(HookType.AfterScenarioBlock, tags);

/// <summary>Before each step that is going to be executed.</summary>
internal sealed class BeforeStepAttribute(params string[] tags) : HookAttribute(HookType.BeforeStep, tags);

/// <summary>After each step that was going to be executed, failed or not.</summary>
internal sealed class AfterStepAttribute(params string[] tags) : HookAttribute(HookType.AfterStep, tags);

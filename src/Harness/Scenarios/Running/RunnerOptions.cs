using Leda.Harness.Scenarios.Features;
using Reqnroll.BoDi;

namespace Leda.Harness.Scenarios.Running;

/// <summary>What becomes of a scenario with a step that nobody answers to, or that is not written yet.</summary>
internal enum MissingStepOutcome
{
    /// <summary>It fails, as undefined or pending, and tells what to write.</summary>
    Pending,

    /// <summary>The same: there is no third state between passed and failed.</summary>
    Inconclusive,

    /// <summary>It is skipped.</summary>
    Ignore,

    /// <summary>It fails like any other.</summary>
    Error,
}

/// <summary>How scenarios are run.</summary>
internal sealed record RunnerOptions
{
    /// <summary>Measures durations. Under a virtual clock these are virtual, too.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Registers what lives as long as the run.</summary>
    public Action<IObjectContainer>? ConfigureRun { get; init; }

    /// <summary>Registers what lives as long as one scenario; called before its first hook.</summary>
    public Action<IObjectContainer, Scenario>? ConfigureScenario { get; init; }

    public MissingStepOutcome MissingOrPendingSteps { get; init; }

    /// <summary>After the first step that did not pass, the rest is not even matched.</summary>
    public bool StopAtFirstError { get; init; }

    /// <summary>The culture of arguments, such as <c>en-US</c>; null takes the feature's language.</summary>
    public string? BindingCulture { get; init; }

    /// <summary>What <see cref="Reqnroll.ITestRunContext.TestDirectory"/> tells.</summary>
    public string TestDirectory { get; init; } = AppContext.BaseDirectory;
}

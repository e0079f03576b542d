using Leda.Harness.Scenarios.Features;
using Reqnroll;

namespace Leda.Harness.Scenarios.Running;

/// <summary>How one step ended.</summary>
internal sealed record StepResult(Step Step, ScenarioStatus Status)
{
    public TimeSpan Duration { get; init; }

    /// <summary>Why the step did not pass; null for steps that passed or were skipped.</summary>
    public Exception? Error { get; init; }

    /// <summary>The method that answered, as <c>Class.Method</c>; null when there was none.</summary>
    public string? Method { get; init; }

    /// <summary>What the step and the hooks around it wrote.</summary>
    public IReadOnlyList<string> Output { get; init; } = [];

    /// <summary>A method to start from, for an undefined step.</summary>
    public string? Snippet { get; init; }
}

/// <summary>A hook that threw.</summary>
internal sealed record HookFailure(HookType Kind, string Method, Exception Error);

/// <summary>How one scenario ended.</summary>
internal sealed record ScenarioResult(Scenario Scenario, ScenarioStatus Status)
{
    public bool IsFailure => Status is not (ScenarioStatus.Passed or ScenarioStatus.Skipped);

    public TimeSpan Duration { get; init; }

    /// <summary>The first error; for undefined and pending steps one that tells what is to be written.</summary>
    public Exception? Error { get; init; }

    /// <summary>Why the scenario was skipped.</summary>
    public string? SkipReason { get; init; }

    /// <summary>All steps, in order, executed or not.</summary>
    public IReadOnlyList<StepResult> Steps { get; init; } = [];

    public IReadOnlyList<HookFailure> HookFailures { get; init; } = [];

    /// <summary>What the hooks before and after the steps wrote.</summary>
    public IReadOnlyList<string> Output { get; init; } = [];

    /// <summary>Files that steps and hooks attached.</summary>
    public IReadOnlyList<string> Attachments { get; init; } = [];

    /// <summary>A scenario of which nothing was executed.</summary>
    public static ScenarioResult NotRun(Scenario scenario, ScenarioStatus status) => new(scenario, status)
    {
        Steps = [.. scenario.Steps.Select(step => new StepResult(step, ScenarioStatus.Skipped))],
    };
}

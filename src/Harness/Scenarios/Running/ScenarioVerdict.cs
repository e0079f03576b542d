using Leda.Harness.Scenarios.Features;
using Reqnroll;

namespace Leda.Harness.Scenarios.Running;

/// <summary>Draws the conclusion from a scenario that has been run.</summary>
internal sealed class ScenarioVerdict(ScenarioContext context, MissingStepOutcome missing, IReadOnlyList<StepResult> steps)
{
    public static ScenarioExecutionStatus StatusOf(Exception error) => error switch
    {
        PendingStepException => ScenarioExecutionStatus.StepDefinitionPending,
        MissingStepDefinitionException => ScenarioExecutionStatus.UndefinedStep,
        BindingException => ScenarioExecutionStatus.BindingError,
        ScenarioSkippedException => ScenarioExecutionStatus.Skipped,
        _ => ScenarioExecutionStatus.TestError,
    };

    public static ScenarioStatus StatusOf(ScenarioStepContext step) => step.Status switch
    {
        ScenarioExecutionStatus.OK => ScenarioStatus.Passed,
        ScenarioExecutionStatus.StepDefinitionPending => ScenarioStatus.Pending,
        ScenarioExecutionStatus.UndefinedStep => ScenarioStatus.Undefined,
        ScenarioExecutionStatus.Skipped => ScenarioStatus.Skipped,
        _ => StatusOfFailure(step.StepError),
    };

    public ScenarioResult Apply(ScenarioResult result)
    {
        if (context.TestError is { } error) return result with { Status = StatusOfFailure(error), Error = error };
        return context.ScenarioExecutionStatus switch
        {
            ScenarioExecutionStatus.UndefinedStep => Missing(result, ScenarioStatus.Undefined, new MissingStepDefinitionException(UndefinedText())),
            ScenarioExecutionStatus.StepDefinitionPending => Missing(result, ScenarioStatus.Pending, new PendingStepException(PendingText())),
            ScenarioExecutionStatus.Skipped => result with { Status = ScenarioStatus.Skipped },
            _ => result,
        };
    }

    private ScenarioResult Missing(ScenarioResult result, ScenarioStatus status, Exception error) => missing switch
    {
        MissingStepOutcome.Ignore => result with { Status = ScenarioStatus.Skipped, SkipReason = error.Message },
        MissingStepOutcome.Error => result with { Status = ScenarioStatus.Failed, Error = error },
        _ => result with { Status = status, Error = error },
    };

    private string UndefinedText()
    {
        Step[] undefined = [.. steps.Where(step => step.Status == ScenarioStatus.Undefined).Select(step => step.Step)];
        return $"Test pending: no step definition was found for one or more steps. To start from:{Environment.NewLine}{Environment.NewLine}{Snippet.Class(undefined)}";
    }

    private string PendingText()
    {
        var methods = steps.Where(step => step.Status == ScenarioStatus.Pending).Select(step => step.Method).Distinct().Order();
        return $"Test pending: one or more step definitions are not implemented yet.{Environment.NewLine}  {string.Join($"{Environment.NewLine}  ", methods)}";
    }

    private static ScenarioStatus StatusOfFailure(Exception? error)
        => error is AmbiguousBindingException ? ScenarioStatus.Ambiguous : ScenarioStatus.Failed;
}

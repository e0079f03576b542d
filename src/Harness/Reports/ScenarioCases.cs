using Leda.Harness.Scenarios.Running;

namespace Leda.Harness.Reports;

/// <summary>How scenarios ended, for CI servers.</summary>
internal static class ScenarioCases
{
    /// <summary>The case of a scenario.</summary>
    public static JUnitCase Of(ScenarioResult result)
    {
        var text = TextReport.Of(result);
        var failure = result.IsFailure ? new JUnitFailure(result.Error?.Message ?? result.Status.ToString(), text, result.Status.ToString()) : null;
        return new JUnitCase(result.Scenario.Feature.Title, result.Scenario.Sentence, result.Duration, failure, failure is null ? text : null)
        {
            Skipped = result.Status == ScenarioStatus.Skipped ? result.SkipReason ?? "" : null,
        };
    }

    /// <summary>The case of a hook that threw outside of all scenarios.</summary>
    public static JUnitCase Of(HookFailure failure) => new(
        failure.Kind.ToString(), failure.Method, TimeSpan.Zero, new JUnitFailure(failure.Error.Message, string.Join('\n', ErrorText.LinesOf(failure.Error))));
}

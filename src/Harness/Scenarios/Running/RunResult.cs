namespace Leda.Harness.Scenarios.Running;

/// <summary>How a run ended.</summary>
/// <param name="Scenarios">All results, in the order of execution.</param>
/// <param name="HookFailures">Hooks around features and around the run itself that threw after the scenarios.</param>
internal sealed record RunResult(IReadOnlyList<ScenarioResult> Scenarios, IReadOnlyList<HookFailure> HookFailures)
{
    public bool IsFailure => HookFailures.Count > 0 || Scenarios.Any(scenario => scenario.IsFailure);

    /// <summary>Nothing ran: no scenario was found, or all were skipped.</summary>
    public bool IsEmpty => Scenarios.All(scenario => scenario.Status == ScenarioStatus.Skipped);
}

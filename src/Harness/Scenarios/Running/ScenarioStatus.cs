namespace Leda.Harness.Scenarios.Running;

/// <summary>How a scenario or a step ended. All but <see cref="Passed"/> and <see cref="Skipped"/> are failures.</summary>
internal enum ScenarioStatus
{
    Passed,

    /// <summary>A step, a hook or the clean-up threw.</summary>
    Failed,

    /// <summary>Nobody answers to a step.</summary>
    Undefined,

    /// <summary>A step is not written yet.</summary>
    Pending,

    /// <summary>More than one method answers to a step.</summary>
    Ambiguous,

    /// <summary>Not executed: ignored, skipped by a step, or after a failure.</summary>
    Skipped,
}

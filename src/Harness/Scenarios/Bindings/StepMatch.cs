using Reqnroll;

namespace Leda.Harness.Scenarios.Bindings;

/// <summary>What answers to a step: a method with the values for its parameters, or the reason why none can be called.</summary>
internal sealed record StepMatch(StepBinding? Binding, IReadOnlyList<object> Values, Exception? Error)
{
    /// <summary>Nobody answers to the step.</summary>
    public bool IsUndefined => Error is MissingStepDefinitionException;
}

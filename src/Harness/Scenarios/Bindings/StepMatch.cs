namespace Leda.Harness.Scenarios.Bindings;

/// <summary>What answers to a step: a method with the values for its parameters, or the reason why none can be called.</summary>
internal sealed record StepMatch(StepBinding? Binding, IReadOnlyList<object> Values, Exception? Error)
{
    /// <summary>Nobody answers to the step.</summary>
    public static readonly StepMatch None = new(null, [], null);

    public bool IsUndefined => Binding is null && Error is null;
}

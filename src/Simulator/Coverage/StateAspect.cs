namespace Leda.Harness.Simulator.Coverage;

/// <summary>The states that things of one kind are in.</summary>
/// <param name="name">What they are called.</param>
/// <param name="transitions">The states, and those that may follow each.</param>
/// <param name="reports">Reads them.</param>
internal sealed class StateAspect(string name, IReadOnlyDictionary<string, IReadOnlyList<string>> transitions, StateReports reports) : Aspect
{
    public override string Name => name;

    public override IReadOnlyList<string> Universe { get; } = [.. transitions.Values.SelectMany(next => next).Distinct()];

    public override IEnumerable<string> Of(SpokenMessage message) => reports.Next(message).Select(step => step.To);
}

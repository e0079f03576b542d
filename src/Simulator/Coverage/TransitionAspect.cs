namespace Leda.Harness.Simulator.Coverage;

/// <summary>The steps that things of one kind take from state to state.</summary>
/// <param name="name">What they are called.</param>
/// <param name="transitions">The states, and those that may follow each; from nothing first.</param>
/// <param name="open">Begins to read them.</param>
internal sealed class TransitionAspect(string name, IReadOnlyDictionary<string, IReadOnlyList<string>> transitions, Func<StateReports> open) : Aspect
{
    private StateReports _reports = open();

    public override string Name => name;

    public override IReadOnlyList<string> Universe { get; } =
    [
        .. from state in transitions
           from next in state.Value
           select Show(state.Key, next),
    ];

    public override IEnumerable<string> Of(SpokenMessage message) =>
        from step in _reports.Next(message)
        where step.From is not null && step.From != step.To
        select Show(step.From, step.To);

    public override void Begin() => _reports = open();

    private static string Show(string from, string to) => $"{(from.Length == 0 ? "–" : from)} → {to}";
}

namespace Leda.Harness.Simulator.Coverage;

/// <summary>Follows how things go from state to state, as their devices tell it.</summary>
internal abstract class StateReports
{
    /// <summary>The states that a message reports, each with the one before: empty if it is the first, <see langword="null"/> if that was not seen.</summary>
    public abstract IEnumerable<(string? From, string To)> Next(SpokenMessage message);
}

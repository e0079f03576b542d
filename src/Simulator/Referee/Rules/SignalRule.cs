namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>A rule of one envelope by itself. Pure: it knows nothing of other messages, and costs nothing when it is kept.</summary>
internal abstract class SignalRule : ContractRule
{
    /// <summary>Holds an envelope against the rule.</summary>
    /// <param name="signal">The envelope.</param>
    /// <param name="findings">Takes what is wrong.</param>
    public abstract void Check(Signal signal, List<Finding> findings);
}

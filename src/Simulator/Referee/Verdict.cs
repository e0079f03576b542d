namespace Leda.Harness.Simulator.Referee;

/// <summary>What the referee says about a message as a whole (<c>payloads.md</c> 1.1).</summary>
public enum Verdict
{
    /// <summary>None of ours: a topic or a payload that no rule of this project speaks about.</summary>
    Unjudged,

    /// <summary>As the contract says.</summary>
    Ok,

    /// <summary>Not as the contract says, but released programs send it and cope with it.</summary>
    Warning,

    /// <summary>Wrong: a real cloud or a real device would refuse it, ignore it or misread it.</summary>
    Error,
}

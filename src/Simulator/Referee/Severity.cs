namespace Leda.Harness.Simulator.Referee;

/// <summary>How bad a finding is.</summary>
public enum Severity
{
    /// <summary>Worth knowing; nothing is wrong.</summary>
    Info,

    /// <summary>Not what the contract says, but what released agents are known to send.</summary>
    Warning,

    /// <summary>Wrong: a real cloud or a real device would refuse it, ignore it or misread it.</summary>
    Error,
}

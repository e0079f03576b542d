namespace Leda.Harness.Simulator.Referee.Memory;

/// <summary>The updates of one domain.</summary>
internal sealed class DomainMemory
{
    /// <summary>Activities that were asked for, or spoken of before any was; 100, because one runs at a time.</summary>
    public Recent<string, bool> Activities { get; } = new(100);

    /// <summary>Whether somebody was seen to ask for an update.</summary>
    public bool WasAsked { get; set; }
}

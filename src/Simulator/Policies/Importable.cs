namespace Leda.Harness.Simulator.Policies;

/// <summary>Whether an entry counts in policies that import its policy.</summary>
public enum Importable
{
    /// <summary><c>implicit</c>, the default: it does.</summary>
    Implicit,

    /// <summary><c>explicit</c>: only if the importing policy names it.</summary>
    Explicit,

    /// <summary><c>never</c>: it does not.</summary>
    Never,
}

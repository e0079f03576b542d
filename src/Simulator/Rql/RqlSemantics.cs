namespace Leda.Harness.Simulator.Rql;

/// <summary>Ditto evaluates the same expression in two ways (<c>ditto.md</c> 6.3).</summary>
public enum RqlSemantics
{
    /// <summary>Conditions and the filters of events, messages and streams: a missing property differs from every value, numbers, strings
    /// and booleans are converted into each other.</summary>
    InMemory,

    /// <summary>The search: <c>ne</c> needs the property to be there, values of different types never match.</summary>
    Search,
}

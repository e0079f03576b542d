namespace Leda.Harness.Simulator.Rql;

/// <summary>The types of values, in the order in which the search sorts them (<c>ditto.md</c> 6.5).</summary>
internal enum RqlType
{
    Null,
    Number,
    String,
    Object,
    Array,
    Boolean,
}

namespace Leda.Harness.Simulator.Rql;

/// <summary>The comparisons of a property with a value; their wire names are the lower case ones.</summary>
internal enum RqlOperator
{
    Eq,
    Ne,
    Gt,
    Ge,
    Lt,
    Le,
    Like,
    Ilike,
    In,
}

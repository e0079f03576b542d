using Leda.Harness.Simulator.Rql;

namespace Leda.Harness.Simulator.Search;

/// <summary>A property that things are sorted by.</summary>
internal readonly record struct SortKey(RqlProperty Property, bool Descending)
{
    public override string ToString() => $"{(Descending ? '-' : '+')}{Property}";
}

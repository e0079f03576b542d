namespace Leda.Harness.Simulator.Rql;

/// <summary>The wire spelling of <see cref="RqlOperator"/>.</summary>
internal static class RqlOperators
{
    private static readonly string[] _names = ["eq", "ne", "gt", "ge", "lt", "le", "like", "ilike", "in"];

    public static string ToWire(this RqlOperator @operator) => _names[(int)@operator];

    public static RqlOperator? Parse(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < _names.Length; i++)
        {
            if (text.SequenceEqual(_names[i]))
                return (RqlOperator)i;
        }

        return null;
    }
}

namespace Leda.Harness.Simulator.Rql;

/// <summary>How values compare: with a literal (<c>ditto.md</c> 6.3) and with each other when things are sorted (6.5).</summary>
internal static class RqlOrder
{
    /// <summary>How a property's value compares with a literal; <see langword="null"/> if they do not.</summary>
    public static int? Compare(RqlValue value, RqlValue literal, RqlSemantics semantics) => (value.Type, literal.Type) switch
    {
        (RqlType.Null or RqlType.Object or RqlType.Array, _) or (_, RqlType.Null) => null,
        (RqlType.Number, RqlType.Number) => RqlNumber.Compare(value.Number, literal.Number),
        var (mine, theirs) when mine == theirs => string.CompareOrdinal(value.Text, literal.Text),
        _ when semantics == RqlSemantics.Search => null,
        (RqlType.String, RqlType.Number) when RqlNumber.TryParse(value.Text, out var number) => RqlNumber.Compare(number, literal.Number),
        (RqlType.Number, RqlType.String) when RqlNumber.TryParse(literal.Text, out var number) => RqlNumber.Compare(value.Number, number),
        _ => string.CompareOrdinal(value.Text, literal.Text),
    };

    /// <summary>Whether a property's value is the literal; <c>null</c> is itself and nothing else.</summary>
    public static bool AreEqual(RqlValue value, RqlValue literal, RqlSemantics semantics) =>
        literal.Type == RqlType.Null ? value.Type == RqlType.Null : Compare(value, literal, semantics) == 0;

    /// <summary>A total order over all types: missing values and <c>null</c>, numbers, strings, objects, arrays, <c>false</c>, <c>true</c>.
    /// Objects are as good as each other, and so are arrays.</summary>
    public static int Compare(RqlValue left, RqlValue right)
    {
        if (left.Type != right.Type)
            return left.Type.CompareTo(right.Type);
        return left.Type switch
        {
            RqlType.Number => RqlNumber.Compare(left.Number, right.Number),
            RqlType.String or RqlType.Boolean => string.CompareOrdinal(left.Text, right.Text),
            _ => 0,
        };
    }
}

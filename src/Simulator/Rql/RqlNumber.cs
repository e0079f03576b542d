using System.Globalization;

namespace Leda.Harness.Simulator.Rql;

/// <summary>A number of any size: exact where a decimal can hold it, otherwise the nearest double.</summary>
internal readonly record struct RqlNumber
{
    private readonly decimal _exact;
    private readonly double? _rough;

    private RqlNumber(decimal exact, double? rough)
    {
        _exact = exact;
        _rough = rough;
    }

    public static RqlNumber Of(long value) => new(value, null);

    /// <summary>Reads a number with or without sign, fraction and exponent.</summary>
    public static bool TryParse(string text, out RqlNumber number)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        number = default;
        if (!double.TryParse(text, Style, CultureInfo.InvariantCulture, out var rough) || double.IsNaN(rough))
            return false;
        number = decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var exact) && (exact != 0 || rough == 0)
            ? new RqlNumber(exact, null)
            : new RqlNumber(0, rough);
        return true;
    }

    public static int Compare(RqlNumber left, RqlNumber right) => left._rough is null && right._rough is null
        ? left._exact.CompareTo(right._exact)
        : (left._rough ?? (double)left._exact).CompareTo(right._rough ?? (double)right._exact);
}

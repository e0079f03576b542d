using System.Collections;
using System.Globalization;

namespace Reqnroll.Assist;

/// <summary>Whether a value is what a cell says.</summary>
internal static class CellComparison
{
    public static bool AreEqual(string expected, object? actual)
    {
        if (actual is null) return expected.Length == 0;
        if (expected == Display(actual)) return true;
        if (!CellValues.CanBecome(actual.GetType()) || !CellValues.TryRead(expected, actual.GetType(), out var value)) return false;
        return actual is IEnumerable items and not string ? items.Cast<object?>().SequenceEqual(((IEnumerable)value!).Cast<object?>()) : actual.Equals(value);
    }

    /// <summary>How a value would be written into a cell.</summary>
    public static string Display(object? value) => value switch
    {
        null => string.Empty,
        string text => text,
        IEnumerable items => string.Join(", ", items.Cast<object?>().Select(Display)),
        _ => Convert.ToString(value, CultureInfo.CurrentCulture) ?? string.Empty,
    };
}

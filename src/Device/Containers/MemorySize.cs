using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Leda.Harness.Device.Containers;

/// <summary>
/// A size as containers are given it: a number and one of <c>k K m M g G</c>, powers of 1024, perhaps a space between them
/// (<c>kanto-container-management.md</c> 5.4). There are no plain bytes and no suffix <c>B</c>.
/// </summary>
internal readonly partial record struct MemorySize(decimal Number, string Unit)
{
    /// <summary>The size in bytes.</summary>
    public decimal Bytes => Number * Unit.Trim() switch
    {
        "k" or "K" => 1024m,
        "m" or "M" => 1024m * 1024,
        "g" or "G" => 1024m * 1024 * 1024,
        _ => throw new UnreachableException(),
    };

    public static bool TryParse(string? text, out MemorySize size)
    {
        size = default;
        var match = Pattern().Match(text ?? "");
        if (!match.Success || !decimal.TryParse(match.Groups[1].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return false;
        size = new MemorySize(number, match.Groups[2].Value);
        return true;
    }

    /// <summary>Twice this size, in the same unit: the swap that goes with a memory limit.</summary>
    public string Doubled() => (Number * 2).ToString(CultureInfo.InvariantCulture) + Unit;

    // Eighteen digits are more than any machine has, and cannot overflow when they are multiplied.
    [GeneratedRegex(@"\A([0-9]{1,18}(?:\.[0-9]{1,6})?)( ?[kKmMgG])\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}

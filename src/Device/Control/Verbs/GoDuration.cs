using System.Globalization;
using System.Text.RegularExpressions;

namespace Leda.Harness.Device.Control.Verbs;

/// <summary>Durations as Go writes them: <c>15s</c>, <c>1m15s</c>, <c>1.5h</c>.</summary>
internal static partial class GoDuration
{
    /// <summary>A duration in whole seconds, rounded; 0 for no text.</summary>
    /// <exception cref="VerbException">The text is no duration; in Go's words.</exception>
    public static long Seconds(string? text)
    {
        if (string.IsNullOrEmpty(text) || text is "0" or "+0" or "-0")
            return 0;
        var match = Pattern().Match(text);
        if (!match.Success)
            throw new VerbException(MissesUnit().IsMatch(text) ? $"time: missing unit in duration \"{text}\"" : $"time: invalid duration \"{text}\"");
        var sum = match.Groups["n"].Captures
            .Zip(match.Groups["u"].Captures, (n, u) => double.Parse(n.Value, CultureInfo.InvariantCulture) * Unit(u.Value, text))
            .Sum();
        var seconds = Math.Round(match.Groups["sign"].Value == "-" ? -sum : sum, MidpointRounding.AwayFromZero);
        return Math.Abs(seconds) <= int.MaxValue ? (long)seconds : throw new VerbException($"time: invalid duration \"{text}\"");
    }

    private static double Unit(string unit, string text) => unit switch
    {
        "ns" => 1e-9,
        "us" or "µs" or "μs" => 1e-6,
        "ms" => 1e-3,
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        _ => throw new VerbException($"time: unknown unit \"{unit}\" in duration \"{text}\""),
    };

    [GeneratedRegex(@"\A(?<sign>[+-]?)((?<n>\d+\.?\d*|\.\d+)(?<u>[^0-9.]+))+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"\A[+-]?(\d+\.?\d*[^0-9.]+)*(\d+\.?\d*|\.\d+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex MissesUnit();
}

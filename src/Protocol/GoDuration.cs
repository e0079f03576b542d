using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Leda.Harness.Protocol;

/// <summary>
/// A duration as Go's programs read and write it: <c>1h30m</c>, <c>2.5s</c>, <c>200ms</c>, <c>-1m</c>. Units are <c>ns us µs ms s m h</c>; each
/// number needs one, but a sole <c>0</c>.
/// </summary>
/// <param name="Nanoseconds">The duration; .NET's own clock counts hundreds of them.</param>
public readonly record struct GoDuration(long Nanoseconds)
{
    private const ulong Limit = 1UL << 63;
    private const long PerMicrosecond = 1_000;
    private const long PerMillisecond = 1_000_000;
    private const long PerSecond = 1_000_000_000;

    /// <summary>No time.</summary>
    public static GoDuration Zero => default;

    /// <summary>The longest one, 292 years.</summary>
    public static GoDuration Longest { get; } = new(long.MaxValue);

    /// <summary>So many whole seconds; more than can be counted give the longest there is, in either direction.</summary>
    public static GoDuration FromSeconds(double seconds) =>
        new((long)decimal.Clamp(
            double.IsNaN(seconds) ? 0 : decimal.Truncate((decimal)Math.Clamp(seconds, -1e10, 1e10)) * PerSecond, long.MinValue, long.MaxValue));

    /// <summary>The same duration, cut to 100 ns.</summary>
    public TimeSpan ToTimeSpan() => TimeSpan.FromTicks(Nanoseconds / TimeSpan.NanosecondsPerTick);

    /// <summary>A duration of .NET; the longest ones become <see cref="Longest"/>.</summary>
    public static GoDuration From(TimeSpan time) =>
        new((long)Int128.Clamp((Int128)time.Ticks * TimeSpan.NanosecondsPerTick, long.MinValue, long.MaxValue));

    /// <summary>Reads a duration.</summary>
    /// <param name="text">The text.</param>
    /// <param name="duration">The result.</param>
    /// <param name="problem">What is wrong, in the words of Go's own parser, which clients of Go's programs know.</param>
    public static bool TryParse(string text, out GoDuration duration, [NotNullWhen(false)] out string? problem)
    {
        var rest = text.AsSpan();
        var negative = rest is ['-', ..];
        if (rest is ['-' or '+', ..])
            rest = rest[1..];
        ulong sum = 0;
        problem = rest is "0" ? null : ReadAll(rest, text, out sum);
        if (problem is null && sum == Limit && !negative)
            problem = Invalid(text);
        duration = new(unchecked(negative ? -(long)sum : (long)sum));
        return problem is null;
    }

    /// <summary>As Go writes it: <c>1h0m0s</c>, <c>1.5s</c>, <c>20ms</c>, <c>0s</c>.</summary>
    public override string ToString()
    {
        var sum = Nanoseconds < 0 ? unchecked(0 - (ulong)Nanoseconds) : (ulong)Nanoseconds;
        var sign = Nanoseconds < 0 ? "-" : "";
        return sum switch
        {
            0 => "0s",
            < PerMicrosecond => $"{sign}{sum}ns",
            < PerMillisecond => $"{sign}{Text(sum, PerMicrosecond)}µs",
            < PerSecond => $"{sign}{Text(sum, PerMillisecond)}ms",
            _ => sign + Clock(sum),
        };
    }

    private static string Clock(ulong sum)
    {
        var minutes = sum / (60 * PerSecond);
        var seconds = Text(sum % (60 * PerSecond), PerSecond);
        return minutes == 0 ? $"{seconds}s" : minutes < 60 ? $"{minutes}m{seconds}s" : $"{minutes / 60}h{minutes % 60}m{seconds}s";
    }

    private static string Text(ulong sum, long unit) => ((decimal)sum / unit).ToString("0.#########", CultureInfo.InvariantCulture);

    /// <summary>Adds up numbers and their units; the problem, if there is one.</summary>
    private static string? ReadAll(ReadOnlySpan<char> rest, string text, out ulong sum)
    {
        sum = 0;
        if (rest.IsEmpty)
            return Invalid(text);
        while (!rest.IsEmpty)
        {
            var number = rest[..Length(rest, part: true)];
            rest = rest[number.Length..];
            var name = rest[..Length(rest, part: false)];
            rest = rest[name.Length..];
            if (!TrySplit(number, out var whole, out var fraction))
                return Invalid(text);
            if (name.IsEmpty)
                return $"time: missing unit in duration {Quoted(text)}";
            if (Unit(name) is not { } unit)
                return $"time: unknown unit {Quoted(name.ToString())} in duration {Quoted(text)}";
            var nanoseconds = ((Int128)whole * unit) + (long)(fraction * unit);
            if (whole > Limit || sum + nanoseconds > Limit)
                return Invalid(text);
            sum += (ulong)nanoseconds;
        }

        return null;
    }

    // A number ends with its second dot: Go takes that one for the next number.
    private static int Length(ReadOnlySpan<char> rest, bool part)
    {
        var i = 0;
        for (var dots = 0; i < rest.Length; i++)
        {
            if (rest[i] == '.' ? part && ++dots > 1 : char.IsAsciiDigit(rest[i]) != part)
                break;
            if (rest[i] == '.' && !part)
                break;
        }

        return i;
    }

    private static bool TrySplit(ReadOnlySpan<char> number, out ulong whole, out decimal fraction)
    {
        (whole, fraction) = (0, 0);
        var dot = number.IndexOf('.');
        var before = dot < 0 ? number : number[..dot];
        var after = dot < 0 ? [] : number[(dot + 1)..];
        if (before.IsEmpty && after.IsEmpty)
            return false;
        if (!before.IsEmpty && !ulong.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out whole))
            return false;

        // What comes after the eighteenth digit is less than a nanosecond even of an hour.
        return after.IsEmpty || decimal.TryParse($"0.{after[..Math.Min(after.Length, 18)]}", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out fraction);
    }

    private static long? Unit(ReadOnlySpan<char> name) => name switch
    {
        "ns" => 1,
        "us" or "µs" or "μs" => PerMicrosecond,
        "ms" => PerMillisecond,
        "s" => PerSecond,
        "m" => 60 * PerSecond,
        "h" => 3600 * PerSecond,
        _ => null,
    };

    private static string Invalid(string text) => $"time: invalid duration {Quoted(text)}";

    /// <summary>The text in quotation marks, all that is not ASCII byte by byte, as Go shows it.</summary>
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            if (octet is < 0x20 or >= 0x80)
                quoted.Append(CultureInfo.InvariantCulture, $"\\x{octet:x2}");
            else if (octet is (byte)'"' or (byte)'\\')
                quoted.Append('\\').Append((char)octet);
            else
                quoted.Append((char)octet);
        }

        return quoted.Append('"').ToString();
    }
}

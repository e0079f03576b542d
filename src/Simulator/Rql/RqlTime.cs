using System.Text.RegularExpressions;

namespace Leda.Harness.Simulator.Rql;

/// <summary><c>time:now</c> and <c>time:now_epoch_millis</c>, moved and truncated: <c>time:now-7d[h]</c> (<c>ditto.md</c> 8.4).</summary>
/// <param name="Text">As it was written.</param>
/// <param name="EpochMillis">Milliseconds since 1970 instead of an ISO 8601 text.</param>
/// <param name="Amount">How many units to move.</param>
/// <param name="Unit">The unit to move by; empty if it is not moved.</param>
/// <param name="Truncation">The unit to truncate to, after the move; empty if it is not truncated.</param>
internal sealed partial record RqlTime(string Text, bool EpochMillis, int Amount, string Unit, string Truncation)
{
    public static RqlTime? Parse(string text)
    {
        var match = Pattern().Match(text);
        return match.Success
            ? new RqlTime(
                text,
                match.Groups["millis"].Success,
                match.Groups["amount"].Success ? int.Parse(match.Groups["amount"].ValueSpan) : 0,
                match.Groups["unit"].Value,
                match.Groups["truncation"].Value)
            : null;
    }

    /// <summary>Its value at an instant; what would lie beyond the years 1 to 9999 stops there.</summary>
    public RqlValue At(DateTimeOffset now)
    {
        var instant = Truncate(Move(now.UtcDateTime));
        return EpochMillis ? RqlValue.Of(new DateTimeOffset(instant).ToUnixTimeMilliseconds()) : RqlValue.Of(ToText(instant));
    }

    /// <summary>An instant as Ditto writes it.</summary>
    public static string ToText(DateTimeOffset instant) => ToText(instant.UtcDateTime);

    private static string ToText(DateTime instant) => instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'");

    private DateTime Move(DateTime from)
    {
        try
        {
            return Unit switch
            {
                "" => from,
                "y" => from.AddYears(Amount),
                "mo" => from.AddMonths(Amount),
                "w" => from.AddDays(7.0 * Amount),
                "d" => from.AddDays(Amount),
                "h" => from.AddHours(Amount),
                "m" => from.AddMinutes(Amount),
                "s" => from.AddSeconds(Amount),
                _ => from.AddMilliseconds(Amount),
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            return DateTime.SpecifyKind(Amount < 0 ? DateTime.MinValue : DateTime.MaxValue, DateTimeKind.Utc);
        }
    }

    private DateTime Truncate(DateTime value) => Truncation switch
    {
        "" => value,
        "y" => new DateTime(value.Year, 1, 1, 0, 0, 0, DateTimeKind.Utc),
        "mo" => new DateTime(value.Year, value.Month, 1, 0, 0, 0, DateTimeKind.Utc),
        "w" => value.Date.AddDays(-(((int)value.DayOfWeek + 6) % 7)),
        "d" => value.Date,
        "h" => Cut(value, TimeSpan.TicksPerHour),
        "m" => Cut(value, TimeSpan.TicksPerMinute),
        "s" => Cut(value, TimeSpan.TicksPerSecond),
        _ => Cut(value, TimeSpan.TicksPerMillisecond),
    };

    private static DateTime Cut(DateTime value, long ticks) => new(value.Ticks - (value.Ticks % ticks), DateTimeKind.Utc);

    [GeneratedRegex(@"\Atime:now(?<millis>_epoch_millis)?((?<amount>[+-][0-9]{1,9})(?<unit>ms|mo|[smhdwy]))?(\[(?<truncation>ms|mo|[smhdwy])\])?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}

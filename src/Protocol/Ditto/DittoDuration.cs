using System.Globalization;

namespace Leda.Harness.Protocol.Ditto;

/// <summary>The <c>timeout</c> header of a command: <c>"10"</c> (seconds), <c>"500ms"</c>, <c>"2s"</c>, <c>"1m"</c> (<c>connectors-and-leda.md</c> 1.6).</summary>
public static class DittoDuration
{
    /// <summary>What holds when the header is absent or cannot be used: 60 seconds.</summary>
    public static TimeSpan Default { get; } = TimeSpan.FromSeconds(60);

    /// <summary>The duration, as the suite connector reads it: at least zero and less than an hour, otherwise <see cref="Default"/>.</summary>
    public static TimeSpan OrDefault(string? text) =>
        Read(text) is { } duration && duration >= TimeSpan.Zero && duration < TimeSpan.FromHours(1) ? duration : Default;

    /// <summary>The duration as Ditto reads it, <c>&lt;n&gt;</c> in seconds or with the unit <c>ms</c>, <c>s</c>, <c>m</c>, <c>h</c>, <c>d</c> or
    /// <c>w</c> (<c>ditto.md</c> 1.6).</summary>
    /// <returns><see langword="false"/> if it is none.</returns>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        var large = text switch
        {
            _ when text.EndsWith('h') => (text[..^1], TimeSpan.MillisecondsPerHour),
            _ when text.EndsWith('d') => (text[..^1], TimeSpan.MillisecondsPerDay),
            _ when text.EndsWith('w') => (text[..^1], 7 * TimeSpan.MillisecondsPerDay),
            _ => default((string Digits, long Unit)?),
        };
        var read = large is { } one
            ? ushort.TryParse(one.Digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? TimeSpan.FromMilliseconds(count * one.Unit) : null
            : Read(text);
        duration = read.GetValueOrDefault();
        return read is not null;
    }

    private static TimeSpan? Read(string? text)
    {
        var (digits, unit) = text switch
        {
            null => (null, 0),
            _ when text.EndsWith("ms", StringComparison.Ordinal) => (text[..^2], 1),
            _ when text.EndsWith('s') => (text[..^1], 1000),
            _ when text.EndsWith('m') => (text[..^1], 60_000),
            _ => (text, 1000),
        };
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count < int.MaxValue
            ? TimeSpan.FromMilliseconds(count * unit)
            : null;
    }
}

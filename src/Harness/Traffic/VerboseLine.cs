using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Leda.Harness.Traffic;

/// <summary>
/// A line as <c>mosquitto_sub -v</c> prints it: topic, blank, payload, which is <c>(null)</c> if it is empty. An instant may stand
/// before it, as with <c>-F '%I %t %p'</c> or <c>-F '%U %t %p'</c>.
/// </summary>
/// <param name="At">When, if the line says so.</param>
/// <param name="Topic">The topic.</param>
/// <param name="Payload">The payload, or its first line.</param>
internal readonly partial record struct VerboseLine(DateTimeOffset? At, string Topic, ReadOnlyMemory<byte> Payload)
{
    private static readonly char[] _wildcards = ['+', '#'];

    /// <summary>Whether a payload goes on in the next lines for sure, if it is no whole JSON yet.</summary>
    public bool IsJson => Payload.Span.TrimStart((byte)' ') is [(byte)'{' or (byte)'[', ..];

    /// <summary>Whether the topic has levels, as those of this flow and most others have: few other words have.</summary>
    public bool HasLevels => Topic.Contains('/', StringComparison.Ordinal) && !Topic.Contains("://", StringComparison.Ordinal);

    /// <summary>Takes a line apart.</summary>
    /// <param name="line">The line.</param>
    /// <param name="read">Its parts.</param>
    /// <returns><see langword="false"/> if it cannot begin with a topic.</returns>
    public static bool TryRead(ReadOnlySpan<byte> line, out VerboseLine read)
    {
        read = default;
        var rest = line;
        var first = Word(ref rest, out var isAlone);
        var at = isAlone ? null : Instant(first);
        var topic = at is null ? first : Word(ref rest, out isAlone);
        if (topic.IsEmpty || topic[0] is (byte)'"' or (byte)'}' or (byte)']' or (byte)'\t' || !Utf8.IsValid(topic))
            return false;
        var text = Encoding.UTF8.GetString(topic);
        if (text.IndexOfAny(_wildcards) >= 0 || text.Any(char.IsControl))
            return false;
        read = new VerboseLine(at, text, isAlone || rest.SequenceEqual("(null)"u8) ? default : rest.ToArray().AsMemory());
        return !isAlone || read.HasLevels;
    }

    private static ReadOnlySpan<byte> Word(ref ReadOnlySpan<byte> rest, out bool isAlone)
    {
        var blank = rest.IndexOf((byte)' ');
        isAlone = blank < 0;
        var word = isAlone ? rest : rest[..blank];
        rest = isAlone ? [] : rest[(blank + 1)..];
        return word;
    }

    private static DateTimeOffset? Instant(ReadOnlySpan<byte> word)
    {
        if (word.Length is < 10 or > 40 || !char.IsAsciiDigit((char)word[0]))
            return null;
        return TryReadInstant(Encoding.UTF8.GetString(word), out var at) ? at : null;
    }

    /// <summary>Reads an instant as Mosquitto prints it: seconds since 1970 with a fraction, or a date with <c>+0000</c> or <c>Z+0000</c>.</summary>
    public static bool TryReadInstant(string text, out DateTimeOffset at)
    {
        at = default;
        if (Seconds().IsMatch(text) && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
        {
            at = DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond));
            return true;
        }

        var date = Date().Match(text);
        return date.Success && DateTimeOffset.TryParse(
            date.Groups[1].Value + date.Groups[2].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at);
    }

    [GeneratedRegex(@"^[0-9]{9,11}\.[0-9]+(?![\s\S])")]
    private static partial Regex Seconds();

    [GeneratedRegex(@"^([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,7})?)[0-9]*Z?([+-][0-9]{2}:?[0-9]{2})?(?![\s\S])")]
    private static partial Regex Date();
}

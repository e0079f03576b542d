using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Leda.Harness.Simulator.JsonSchema;

/// <summary>The formats of draft-07. They are checked, and others are refused, so that none is mistaken for a check that never happens.</summary>
internal static partial class Formats
{
    /// <summary>The check of a format; <see langword="null"/> if there is no such format.</summary>
    public static Func<string, bool>? Named(string name) => name switch
    {
        "date-time" => IsDateTime,
        "date" => IsDate,
        "time" => IsTime,
        "email" or "idn-email" => text => EMail().IsMatch(text),
        "hostname" => text => text.Length <= 253 && HostName().IsMatch(text),
        "idn-hostname" => IsIdnHostName,
        "ipv4" => text => IPv4().IsMatch(text),
        "ipv6" => text => IPv6().IsMatch(text) && IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6,
        "uri" => text => IsReference(text, ascii: true) && Scheme().IsMatch(text),
        "uri-reference" => text => IsReference(text, ascii: true),
        "iri" => text => IsReference(text, ascii: false) && Scheme().IsMatch(text),
        "iri-reference" => text => IsReference(text, ascii: false),
        "uri-template" => text => UriTemplate().IsMatch(text),
        "json-pointer" => text => JsonPointer().IsMatch(text),
        "relative-json-pointer" => text => RelativeJsonPointer().IsMatch(text),
        "regex" => IsRegex,
        _ => null,
    };

    private static bool IsDate(string text) =>
        text.All(char.IsAscii) && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsTime(string text) => Time().Match(text) is { Success: true } time && (time.Groups["leap"].Length == 0 || IsLastMinute(time));

    private static bool IsDateTime(string text) => text.Length > 11 && text[10] is 'T' or 't' && IsDate(text[..10]) && IsTime(text[11..]);

    /// <summary>A leap second is the last of a day in UTC.</summary>
    private static bool IsLastMinute(Match time)
    {
        int Number(string group) => time.Groups[group].Length == 0 ? 0 : int.Parse(time.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
        var zone = (Number("zh") * 60) + Number("zm");
        var minute = (Number("h") * 60) + Number("m") - (time.Groups["sign"].Value == "-" ? -zone : zone);
        return (minute + 1440) % 1440 == 1439;
    }

    private static bool IsIdnHostName(string text)
    {
        try
        {
            return new IdnMapping { UseStd3AsciiRules = true }.GetAscii(text).Length <= 253;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool IsReference(string text, bool ascii) => (!ascii || text.All(char.IsAscii)) && Reference().IsMatch(text);

    private static bool IsRegex(string text)
    {
        try
        {
            _ = new Regex(EcmaPattern.Translate(text), RegexOptions.CultureInvariant);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^(?<h>[01][0-9]|2[0-3]):(?<m>[0-5][0-9]):([0-5][0-9]|(?<leap>60))(\.[0-9]+)?([zZ]|(?<sign>[+-])(?<zh>[01][0-9]|2[0-3]):(?<zm>[0-5][0-9]))\z")]
    private static partial Regex Time();

    [GeneratedRegex(@"^(?!\.)(?![^@""]*\.\.)([^\s@""(),:;<>\[\]\\]+(?<!\.)|""[^""\r\n]*"")@([^\s@\[\]]+|\[[^\s\[\]]+\])\z")]
    private static partial Regex EMail();

    [GeneratedRegex(@"^[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*\z")]
    private static partial Regex HostName();

    [GeneratedRegex(@"^((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\.(?!\z)|\z)){4}\z")]
    private static partial Regex IPv4();

    [GeneratedRegex(@"^[0-9a-fA-F:.]+\z")]
    private static partial Regex IPv6();

    [GeneratedRegex(@"^[a-zA-Z][a-zA-Z0-9+.-]*:")]
    private static partial Regex Scheme();

    // Nothing is tried twice, so that no text takes long.
    [GeneratedRegex(@"^(?>[a-zA-Z][a-zA-Z0-9+.-]*:)?(//(?>([^\x00-\x20""<>\\^`{|}%\[\]#/?]|%[0-9a-fA-F]{2})*@)?(\[[0-9a-fA-F:.vV]+\])?)?(?>([^\x00-\x20""<>\\^`{|}%\[\]#]|%[0-9a-fA-F]{2})*)(?>#([^\x00-\x20""<>\\^`{|}%\[\]#]|%[0-9a-fA-F]{2})*)?\z")]
    private static partial Regex Reference();

    [GeneratedRegex(@"^([^\x00-\x20""'<>\\^`{|}%]|%[0-9a-fA-F]{2}|\{[+#./;?&=,!@|]?[^{}\s]+\})*\z")]
    private static partial Regex UriTemplate();

    [GeneratedRegex(@"^(/([^~/]|~[01])*)*\z")]
    private static partial Regex JsonPointer();

    [GeneratedRegex(@"^(0|[1-9][0-9]*)(#|(/([^~/]|~[01])*)*)\z")]
    private static partial Regex RelativeJsonPointer();
}

using System.Globalization;
using static Leda.Harness.Simulator.JsonSchema.PatternSyntax;

namespace Leda.Harness.Simulator.JsonSchema;

/// <summary>
/// Reads the regular expressions that a table can match: characters, classes, groups, choices and repetitions, anchored at the ends of the
/// text or not at all. Others, with look-around or references back, are left to .NET.
/// </summary>
internal ref struct PatternParser
{
    private const string AnyEnd = @"(?![\s\S])";
    private const int DeepestGroup = 50;
    private const int MostTimes = 1_000;

    private static readonly Set _digit = new([('0', '9')]);
    private static readonly Set _word = new([('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')]);
    private static readonly Set _space = new(
        [(9, 13), (' ', ' '), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF)]);

    private static readonly Set _notLineEnd = new Set([('\n', '\n'), ('\r', '\r'), (0x2028, 0x2029)]).Inverted();

    private ReadOnlySpan<char> _rest;
    private int _depth;

    /// <summary>Reads a pattern that .NET has taken.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="isStart">Whether it matches at the start of the text alone.</param>
    /// <param name="isEnd">Whether it matches up to the end of the text alone.</param>
    /// <returns><see langword="null"/> if there is more in it than a table can match.</returns>
    public static PatternSyntax? Parse(string pattern, out bool isStart, out bool isEnd)
    {
        var text = pattern.AsSpan();
        isStart = text.StartsWith('^');
        text = isStart ? text[1..] : text;
        isEnd = text.EndsWith(AnyEnd) || (text.EndsWith('$') && !text.EndsWith(@"\$"));
        text = isEnd ? text[..^(text.EndsWith('$') ? 1 : AnyEnd.Length)] : text;
        var parser = new PatternParser { _rest = text };
        try
        {
            var syntax = parser.ReadChoice();
            return parser._rest.IsEmpty && ((!isStart && !isEnd) || syntax is not Choice) ? syntax : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private PatternSyntax ReadChoice()
    {
        if (++_depth > DeepestGroup)
            throw new FormatException();
        var parts = new List<PatternSyntax> { ReadSequence() };
        while (Take('|'))
            parts.Add(ReadSequence());
        _depth--;
        return parts.Count == 1 ? parts[0] : new Choice(parts);
    }

    private PatternSyntax ReadSequence()
    {
        var parts = new List<PatternSyntax>();
        while (!_rest.IsEmpty && _rest[0] is not ('|' or ')'))
            parts.Add(ReadRepeated());
        return new Sequence(parts);
    }

    private PatternSyntax ReadRepeated()
    {
        var part = ReadOne();
        while (!_rest.IsEmpty && _rest[0] is '*' or '+' or '?' or '{')
        {
            var (least, most) = Next() switch { '*' => (0, (int?)null), '+' => (1, null), '?' => (0, 1), _ => ReadTimes() };
            Take('?'); // lazy or not: what matches at all is the same
            part = new Repeat(part, least, most);
        }

        return part;
    }

    private (int Least, int? Most) ReadTimes()
    {
        var end = _rest.IndexOf('}');
        var text = end < 0 ? throw new FormatException() : _rest[..end];
        _rest = _rest[(end + 1)..];
        var comma = text.IndexOf(',');
        var least = int.Parse(comma < 0 ? text : text[..comma], NumberStyles.None, CultureInfo.InvariantCulture);
        int? most = comma < 0 ? least : comma == text.Length - 1 ? null : int.Parse(text[(comma + 1)..], NumberStyles.None, CultureInfo.InvariantCulture);
        return least <= MostTimes && most is null or <= MostTimes ? (least, most) : throw new FormatException();
    }

    private PatternSyntax ReadOne()
    {
        switch (Next())
        {
            case '(':
                if (Take('?') && !Take(':'))
                    throw new FormatException(); // look-around and names
                var group = ReadChoice();
                return Take(')') ? group : throw new FormatException();
            case '[':
                return ReadClass();
            case '.':
                return _notLineEnd;
            case '\\':
                return ReadEscape(isClass: false);
            case '^' or '$' or '{':
                throw new FormatException();
            case var character:
                return Only(character);
        }
    }

    private Set ReadClass()
    {
        var isInverted = Take('^');
        var ranges = new List<(int, int)>();
        while (!Take(']'))
        {
            var first = ReadMember();
            if (_rest.StartsWith("-") && !_rest.StartsWith("-]"))
            {
                Next();
                var last = ReadMember();
                if (first.Ranges is not [(var low, var same)] || low != same || last.Ranges is not [(var high, var also)] || high != also)
                    throw new FormatException();
                ranges.Add((low, high));
            }
            else
            {
                ranges.AddRange(first.Ranges);
            }
        }

        var set = new Set(ranges);
        return isInverted ? set.Inverted() : set;
    }

    private Set ReadMember() => Next() is var character && character == '\\' ? ReadEscape(isClass: true) : Only(character);

    private Set ReadEscape(bool isClass) => Next() switch
    {
        'd' => _digit,
        'D' => _digit.Inverted(),
        'w' => _word,
        'W' => _word.Inverted(),
        's' => _space,
        'S' => _space.Inverted(),
        'n' => Only('\n'),
        'r' => Only('\r'),
        't' => Only('\t'),
        'v' => Only('\v'),
        'f' => Only('\f'),
        'b' when isClass => Only('\b'),
        'x' => Only(ReadHex(2)),
        'u' => Only(ReadHex(4)),
        var other when !char.IsLetterOrDigit(other) => Only(other),
        _ => throw new FormatException(),
    };

    private char ReadHex(int length)
    {
        var text = _rest.Length < length ? throw new FormatException() : _rest[..length];
        _rest = _rest[length..];
        return (char)int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }

    private static Set Only(char character) => new([(character, character)]);

    private char Next()
    {
        var next = _rest.IsEmpty ? throw new FormatException() : _rest[0];
        _rest = _rest[1..];
        return next;
    }

    private bool Take(char character)
    {
        if (!_rest.StartsWith(character))
            return false;
        _rest = _rest[1..];
        return true;
    }
}

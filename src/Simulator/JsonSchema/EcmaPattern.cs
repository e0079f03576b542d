using System.Text;

namespace Leda.Harness.Simulator.JsonSchema;

/// <summary>Writes a regular expression of ECMA 262 so that .NET takes it to mean the same.</summary>
internal static class EcmaPattern
{
    private const string Space = @"\t\n\v\f\r \u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF";
    private const string NoSpace =
        @"\0-\x08\x0E-\x1F!-\u009F\u00A1-\u167F\u1681-\u1FFF\u200B-\u2027\u202A-\u202E\u2030-\u205E\u2060-\u2FFF\u3001-\uFEFE\uFF00-\uFFFF";

    private const string AnyEnd = @"(?![\s\S])";

    /// <summary>Translates a pattern.</summary>
    /// <exception cref="FormatException">It is none, or has no counterpart.</exception>
    public static string Translate(string pattern)
    {
        var result = new StringBuilder(pattern.Length + 16);
        for (var i = 0; i < pattern.Length; i++)
        {
            var rest = pattern.AsSpan(i);
            switch (rest[0])
            {
                case '\\':
                    i += Escape(rest, result, isClass: false);
                    break;
                case '[':
                    i += Class(rest, result);
                    break;
                case '.':
                    result.Append(@"[^\n\r\u2028\u2029]");
                    break;
                case '$':
                    result.Append(@"\z"); // .NET's $ also stands before a last line feed
                    break;
                case '(' when rest.StartsWith(AnyEnd):
                    result.Append(@"\z"); // the same in fewer words
                    i += AnyEnd.Length - 1;
                    break;
                case '(' when rest.StartsWith("(?") && !IsGroup(rest):
                    throw new FormatException($"'{rest[..Math.Min(4, rest.Length)]}' starts no group of ECMA 262");
                default:
                    result.Append(rest[0]);
                    break;
            }
        }

        return result.ToString();
    }

    private static bool IsGroup(ReadOnlySpan<char> rest) =>
        rest.Length > 2 && (rest[2] is ':' or '=' or '!' || (rest[2] == '<' && rest.Length > 3 && (rest[3] is '=' or '!' or '_' or '$' || char.IsLetter(rest[3]))));

    /// <returns>How many characters there are behind the first.</returns>
    private static int Escape(ReadOnlySpan<char> rest, StringBuilder result, bool isClass)
    {
        if (rest.Length < 2)
            throw new FormatException("it ends with '\\'");
        var set = rest[1] switch
        {
            'd' => "0-9",
            'D' => @"\0-/:-\uFFFF",
            'w' => "a-zA-Z0-9_",
            'W' => @"\0-/:-@\[-\^`{-\uFFFF",
            's' => Space,
            'S' => NoSpace,
            _ => null,
        };
        if (set is not null)
            result.Append(isClass ? set : $"[{set}]");
        else if (rest[1] is 'b' or 'B' && !isClass)
            result.Append(Boundary(rest[1] == 'b'));
        else if (rest[1] == '/' || !char.IsAsciiLetterOrDigit(rest[1]))
            result.Append(System.Text.RegularExpressions.Regex.Escape(rest[1].ToString())).Insert(result.Length - 1, rest[1] is ']' or '}' or '-' ? "\\" : "");
        else if (rest[1] is 'n' or 'r' or 't' or 'v' or 'f' or 'b' or 'c' or 'x' or 'u' or 'k' or 'p' or 'P' || char.IsAsciiDigit(rest[1]))
            result.Append('\\').Append(rest[1]);
        else
            throw new FormatException($"'\\{rest[1]}' means nothing in ECMA 262");
        return 1;
    }

    /// <summary>.NET's own would take all letters of Unicode for words.</summary>
    private static string Boundary(bool isThere)
    {
        const string Word = "[a-zA-Z0-9_]";
        return isThere ? $"(?:(?<={Word})(?!{Word})|(?<!{Word})(?={Word}))" : $"(?:(?<={Word})(?={Word})|(?<!{Word})(?!{Word}))";
    }

    /// <returns>How many characters there are behind the first.</returns>
    private static int Class(ReadOnlySpan<char> rest, StringBuilder result)
    {
        if (rest.StartsWith("[]") || rest.StartsWith("[^]"))
        {
            result.Append(rest[1] == ']' ? "(?!)" : @"[\s\S]");
            return rest[1] == ']' ? 1 : 2;
        }

        result.Append('[');
        for (var i = 1; i < rest.Length; i++)
        {
            switch (rest[i])
            {
                case '\\':
                    i += Escape(rest[i..], result, isClass: true);
                    break;
                case '[':
                    result.Append(@"\["); // .NET would subtract what follows
                    break;
                case ']':
                    result.Append(']');
                    return i;
                default:
                    result.Append(rest[i]);
                    break;
            }
        }

        throw new FormatException("a '[' is not closed");
    }
}

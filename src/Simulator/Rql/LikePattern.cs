namespace Leda.Harness.Simulator.Rql;

/// <summary>The pattern of <c>like</c> and <c>ilike</c>: <c>*</c> is any run of characters, <c>?</c> is one, everything else is itself, and
/// the whole text has to match (<c>ditto.md</c> 6.3).</summary>
internal static class LikePattern
{
    /// <summary>Takes at most text length times pattern length steps, whatever the pattern.</summary>
    public static bool IsMatch(ReadOnlySpan<char> text, ReadOnlySpan<char> pattern, bool ignoreCase)
    {
        var (t, p) = (0, 0);
        var (star, resume) = (-1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                resume = t;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || AreSame(text[t], pattern[p], ignoreCase)))
            {
                t += pattern[p] == '?' ? Width(text[t..]) : 1;
                p++;
            }
            else if (star >= 0)
            {
                t = ++resume;
                p = star + 1;
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].Trim('*').IsEmpty;
    }

    private static bool AreSame(char a, char b, bool ignoreCase) =>
        a == b || (ignoreCase && char.ToUpperInvariant(a) == char.ToUpperInvariant(b));

    private static int Width(ReadOnlySpan<char> text) =>
        text.Length > 1 && char.IsSurrogatePair(text[0], text[1]) ? 2 : 1;
}

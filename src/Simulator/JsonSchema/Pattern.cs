using System.Buffers;
using System.Text.RegularExpressions;

namespace Leda.Harness.Simulator.JsonSchema;

/// <summary>A regular expression as JSON Schema means it (ECMA 262), on UTF-8 text.</summary>
internal sealed class Pattern
{
    private const int OnStack = 256;

    // A pattern that would take longer refuses the text; those without look-around take time in proportion to the text.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    private readonly Regex _regex;

    private Pattern(Regex regex) => _regex = regex;

    /// <summary>Compiles a pattern.</summary>
    /// <param name="place">The schema that it stands in.</param>
    /// <param name="pattern">The pattern.</param>
    /// <param name="keywords">Where in the schema.</param>
    /// <exception cref="SchemaException">There is no such pattern.</exception>
    public static Pattern Of(SchemaPlace place, string pattern, params string[] keywords)
    {
        try
        {
            return new Pattern(Compile(EcmaPattern.Translate(pattern)));
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw place.Refuse($"the pattern '{pattern}' cannot be used: {e.Message}", keywords);
        }
    }

    /// <summary>Whether the text has a part that matches.</summary>
    public bool IsMatch(ReadOnlySpan<byte> utf8)
    {
        char[]? rented = null;
        var chars = utf8.Length <= OnStack ? stackalloc char[OnStack] : rented = ArrayPool<char>.Shared.Rent(utf8.Length);
        try
        {
            return _regex.IsMatch(chars[..System.Text.Encoding.UTF8.GetChars(utf8, chars)]);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
        finally
        {
            if (rented is not null)
                ArrayPool<char>.Shared.Return(rented);
        }
    }

    private static Regex Compile(string pattern) => new(pattern, RegexOptions.CultureInvariant | RegexOptions.Compiled, _patience);
}

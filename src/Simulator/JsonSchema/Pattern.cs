using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Leda.Harness.Simulator.JsonSchema;

/// <summary>A regular expression as JSON Schema means it (ECMA 262), on UTF-8 text.</summary>
internal sealed class Pattern
{
    // .NET tries all ways of a pattern with look-around: one that takes so long refuses the text.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    private readonly Lazy<PatternTable?> _table; // made when it is first needed: a schema has more patterns than a message meets
    private readonly Regex _regex;

    private Pattern(string pattern)
    {
        _regex = new Regex(EcmaPattern.Translate(pattern), RegexOptions.CultureInvariant, _patience);
        _table = new Lazy<PatternTable?>(() => PatternTable.Of(pattern));
    }

    /// <summary>Whether a table matches it, without garbage and in a time that only depends on the length of the text.</summary>
    public bool IsTable => _table.Value is not null;

    /// <summary>Compiles a pattern.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <exception cref="ArgumentException">.NET does not take it.</exception>
    /// <exception cref="FormatException">ECMA 262 does not.</exception>
    public static Pattern Of(string pattern) => new(pattern);

    /// <summary>Compiles a pattern of a schema.</summary>
    /// <param name="place">The schema.</param>
    /// <param name="pattern">The pattern.</param>
    /// <param name="keywords">Where in the schema.</param>
    /// <exception cref="SchemaException">It cannot be used.</exception>
    public static Pattern Of(SchemaPlace place, string pattern, params string[] keywords)
    {
        try
        {
            return new Pattern(pattern);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw place.Refuse($"the pattern '{pattern}' cannot be used: {e.Message}", keywords);
        }
    }

    /// <summary>Whether the text has a part that matches.</summary>
    public bool IsMatch(ReadOnlySpan<byte> utf8) => _table.Value?.IsMatch(utf8) ?? IsMatchOfDotNet(utf8);

    /// <summary>What .NET says.</summary>
    internal bool IsMatchOfDotNet(ReadOnlySpan<byte> utf8)
    {
        var chars = ArrayPool<char>.Shared.Rent(utf8.Length);
        try
        {
            return _regex.IsMatch(chars.AsSpan(0, Encoding.UTF8.GetChars(utf8, chars)));
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(chars);
        }
    }
}

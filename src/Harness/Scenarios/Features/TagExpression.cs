using System.Text.RegularExpressions;

namespace Leda.Harness.Scenarios.Features;

/// <summary>
/// Which scenarios to run, by tag: <c>@smoke and not (@slow or @wip)</c>. <c>not</c> binds closest, then <c>and</c>, then <c>or</c>.
/// Tags are compared by case.
/// </summary>
internal sealed partial class TagExpression
{
    private readonly string _text;
    private readonly Func<IReadOnlySet<string>, bool> _matches;

    private TagExpression(string text, Func<IReadOnlySet<string>, bool> matches)
    {
        _text = text;
        _matches = matches;
    }

    /// <exception cref="FormatException">The text is not a tag expression; the message says where.</exception>
    public static TagExpression Parse(string text)
    {
        var reader = new Reader(text);
        var matches = reader.ReadOr();
        reader.ExpectEnd();
        return new TagExpression(text, matches);
    }

    /// <summary>Whether the expression holds for these tags, which stand without <c>@</c>.</summary>
    public bool Matches(IEnumerable<string> tags) => _matches(tags.ToHashSet());

    public override string ToString() => _text;

    [GeneratedRegex(@"[()]|[^\s()]+")]
    private static partial Regex Words();

    private sealed class Reader(string text)
    {
        private readonly MatchCollection _words = Words().Matches(text);
        private int _next;

        private string? Word => _next < _words.Count ? _words[_next].Value : null;

        public Func<IReadOnlySet<string>, bool> ReadOr()
        {
            var left = ReadAnd();
            while (Skip("or"))
            {
                var (first, second) = (left, ReadAnd());
                left = tags => first(tags) || second(tags);
            }

            return left;
        }

        public void ExpectEnd()
        {
            if (Word is not null) throw Unexpected("'and', 'or' or the end");
        }

        private Func<IReadOnlySet<string>, bool> ReadAnd()
        {
            var left = ReadNot();
            while (Skip("and"))
            {
                var (first, second) = (left, ReadNot());
                left = tags => first(tags) && second(tags);
            }

            return left;
        }

        private Func<IReadOnlySet<string>, bool> ReadNot()
        {
            if (Skip("not"))
            {
                var negated = ReadNot();
                return tags => !negated(tags);
            }

            if (Skip("("))
            {
                var inner = ReadOr();
                return Skip(")") ? inner : throw Unexpected("')'");
            }

            if (Word is not ['@', _, ..]) throw Unexpected("a tag such as @smoke");
            var tag = Word[1..];
            _next++;
            return tags => tags.Contains(tag);
        }

        private bool Skip(string word)
        {
            if (Word != word) return false;
            _next++;
            return true;
        }

        private FormatException Unexpected(string expected)
        {
            var (seen, column) = Word is null ? ("the end", text.Length + 1) : ($"'{Word}'", _words[_next].Index + 1);
            return new FormatException($"Tag expression '{text}', column {column}: expected {expected}, found {seen}.");
        }
    }
}

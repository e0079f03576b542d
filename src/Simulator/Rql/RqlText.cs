using System.Diagnostics.CodeAnalysis;
using System.Text;
using Leda.Harness.Protocol;

namespace Leda.Harness.Simulator.Rql;

/// <summary>Reads the small parts of an expression and knows where it is.</summary>
internal sealed partial class RqlText(string text)
{
    private int _at;

    /// <summary>The first thing that was wrong; <see langword="null"/> so far.</summary>
    public string? Problem { get; private set; }

    public bool AtEnd => _at == text.Length;

    /// <summary>Notes that something else was expected here.</summary>
    public bool Fail(string expected)
    {
        Problem ??= $"Invalid input '{Here}', expected {expected} ({Position(_at)}).";
        return false;
    }

    /// <summary>Notes something else that is wrong with what was just read.</summary>
    public bool Reject(string problem)
    {
        Problem ??= $"Invalid input '{Here}' ({Position(_at)}): {problem}";
        return false;
    }

    public void SkipBlanks() => TakeBlanks();

    /// <summary>Takes blanks and tells how many there were.</summary>
    public int TakeBlanks()
    {
        var start = _at;
        while (!AtEnd && IsBlank(text[_at]))
            _at++;
        return _at - start;
    }

    /// <summary>Takes everything before a character, or to the end.</summary>
    public string TakeUntil(char end)
    {
        var start = _at;
        while (!AtEnd && text[_at] != end)
            _at++;
        return text[start.._at];
    }

    /// <summary>Takes a character if it comes next.</summary>
    public bool TryTake(char c)
    {
        if (AtEnd || text[_at] != c)
            return false;
        _at++;
        return true;
    }

    /// <summary>Takes a word of letters; empty if there is none.</summary>
    public ReadOnlySpan<char> TakeWord()
    {
        var start = _at;
        while (!AtEnd && char.IsAsciiLetter(text[_at]))
            _at++;
        return text.AsSpan(start, _at - start);
    }

    /// <summary>Goes back over a word, so that an error points to its start.</summary>
    public void PutBack(int length) => _at -= length;

    public bool TryTakeProperty(bool signals, [NotNullWhen(true)] out RqlProperty? property)
    {
        property = null;
        var start = _at;
        var name = new StringBuilder();
        while (!AtEnd && !IsBlank(text[_at]) && (text[_at] == '\\' || !RqlProperty.IsEscaped(text[_at])))
        {
            if (text[_at] == '\\' && ++_at < text.Length && !RqlProperty.IsEscaped(text[_at]))
                return Fail("one of , ( ) blank \" \\ behind a backslash");
            if (AtEnd)
                return Fail("a character behind the backslash");
            name.Append(text[_at++]);
        }

        if (name.Length == 0)
            return Fail("a property");
        if (RqlProperty.TryParse(name.ToString(), signals, out property, out var problem))
            return true;
        _at = start;
        return Reject(problem);
    }

    private string Here => AtEnd ? "EOI" : PlainText.At(text, _at);

    private string Position(int at)
    {
        var before = text.AsSpan(0, at);
        return $"line {before.Count('\n') + 1}, column {at - before.LastIndexOf('\n')}";
    }

    private static bool IsBlank(char c) => c is ' ' or '\t' or '\r' or '\n' or '\f';
}

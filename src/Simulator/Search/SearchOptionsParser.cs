using System.Collections.Immutable;
using System.Globalization;
using Leda.Harness.Simulator.Rql;

namespace Leda.Harness.Simulator.Search;

/// <summary>Reads <see cref="SearchOptions"/>.</summary>
internal sealed class SearchOptionsParser(string options)
{
    private readonly RqlText _text = new(options);
    private SearchOptions _options = SearchOptions.Default;

    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    public string? Parse(out SearchOptions? result)
    {
        result = null;
        do
        {
            _text.SkipBlanks();
            var name = _text.TakeWord().ToString();
            if (name is not ("size" or "sort" or "cursor" or "limit"))
            {
                _text.PutBack(name.Length);
                _text.Fail("one of size, sort, cursor, limit");
            }
            else if (_text.TryTake('(') || _text.Fail("'('"))
            {
                Read(name);
            }

            if (_text.Problem is not null)
                return _text.Problem;
            _text.SkipBlanks();
        }
        while (_text.TryTake(','));
        if (!_text.AtEnd)
            _text.Fail("',' or the end");
        else if (_options.Count is not null && (_options.Size is not null || _options.Cursor is not null))
            return "'limit' goes with neither 'size' nor 'cursor'.";
        result = _options;
        return _text.Problem;
    }

    private bool Read(string name) => name switch
    {
        "size" => ReadSize(),
        "limit" => ReadLimit(),
        "sort" => ReadSort(),
        _ => ReadCursor(),
    };

    private bool ReadSize()
    {
        if (_options.Size is not null)
            return _text.Reject("'size' is there twice.");
        if (!TryTakeNumber("size", 1, SearchOptions.MaxSize, ')', out var size))
            return false;
        _options = _options with { Size = (int)size };
        return true;
    }

    private bool ReadLimit()
    {
        if (_options.Count is not null)
            return _text.Reject("'limit' is there twice.");
        if (!TryTakeNumber("offset", 0, long.MaxValue, ',', out var offset)
            || !TryTakeNumber("count", 0, SearchOptions.MaxSize, ')', out var count))
            return false;
        _options = _options with { Offset = offset, Count = (int)count };
        return true;
    }

    private bool ReadCursor()
    {
        if (_options.Cursor is not null)
            return _text.Reject("'cursor' is there twice.");
        var cursor = _text.TakeUntil(')');
        if (cursor.Length == 0)
            return _text.Fail("a cursor");
        _options = _options with { Cursor = cursor };
        return _text.TryTake(')') || _text.Fail("')'");
    }

    private bool ReadSort()
    {
        if (!_options.Sort.IsDefault)
            return _text.Reject("'sort' is there twice.");
        var keys = ImmutableArray.CreateBuilder<SortKey>();
        do
        {
            if (!TryTakeKey(out var key))
                return false;
            if (keys.Any(k => k.Property.Name == key.Property.Name))
                return _text.Reject($"'{key.Property}' is there twice.");
            keys.Add(key);
        }
        while (_text.TryTake(','));
        _options = _options with { Sort = keys.ToImmutable() };
        return _text.TryTake(')') || _text.Fail("',' or ')'");
    }

    // A '+' that was not percent-encoded arrives as a blank; a blank after a comma may also stand before the sign.
    private bool TryTakeKey(out SortKey key)
    {
        key = default;
        var blank = _text.TakeBlanks() > 0;
        var descending = _text.TryTake('-');
        if (!descending && !_text.TryTake('+') && !blank)
            return _text.Fail("'+' (%2B in a URL) or '-'");
        if (!_text.TryTakeProperty(false, out var property))
            return false;
        if (property.IsWildcard)
            return _text.Reject("things cannot be sorted by a wildcard.");
        _text.SkipBlanks();
        key = new SortKey(property, descending);
        return true;
    }

    private bool TryTakeNumber(string what, long least, long most, char end, out long number)
    {
        var digits = _text.TakeUntil(end).AsSpan().Trim();
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number) || number < least || number > most)
            return _text.Reject($"the {what} in front of it has to be a whole number from {least} to {most}.");
        return _text.TryTake(end) || _text.Fail($"'{end}'");
    }
}

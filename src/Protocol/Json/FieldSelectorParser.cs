namespace Leda.Harness.Protocol.Json;

/// <summary>Reads the text of a <see cref="FieldSelector"/>: <c>list := item {"," item}</c>, <c>item := pointer ["(" list ")"]</c>.</summary>
internal sealed class FieldSelectorParser(string text)
{
    private int _at;

    public List<JsonPointer> Pointers { get; } = [];

    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    public string? Parse() => ReadList(JsonPointer.Root) ?? (_at < text.Length ? Unexpected("',' or the end") : null);

    private string? ReadList(JsonPointer above)
    {
        while (true)
        {
            if (ReadItem(above) is { } problem)
                return problem;
            if (_at == text.Length || text[_at] != ',')
                return null;
            _at++;
        }
    }

    private string? ReadItem(JsonPointer above)
    {
        var start = _at;
        while (_at < text.Length && text[_at] is not (',' or '(' or ')'))
            _at++;
        var key = text.AsSpan(start, _at - start).Trim(' ');
        if (key.IsEmpty)
            return Unexpected("the name of a field");
        if (key[0] == '/')
            key = key[1..];
        if (key.IsEmpty || !JsonPointer.TryParse($"/{key}", out var pointer, out var problem))
            return $"The field at position {start + 1} is no JSON pointer: consecutive slashes or nothing but a slash.";
        pointer = JsonPointer.Of(above.Segments.AddRange(pointer.Segments));
        if (_at == text.Length || text[_at] != '(')
        {
            Pointers.Add(pointer);
            return null;
        }

        if (pointer.Segments.Length > JsonText.MaxDepth)
            return $"The selector is nested deeper than {JsonText.MaxDepth} levels at position {_at + 1}; no JSON value is.";
        _at++;
        if (ReadList(pointer) is { } inner)
            return inner;
        if (_at == text.Length || text[_at] != ')')
            return Unexpected("',' or ')'");
        _at++;
        return AfterGroup();
    }

    private string? AfterGroup()
    {
        while (_at < text.Length && text[_at] == ' ')
            _at++;
        return _at == text.Length || text[_at] is ',' or ')' ? null : Unexpected("',', ')' or the end");
    }

    private string Unexpected(string expected) =>
        $"Expected {expected} at position {_at + 1}, found {(_at < text.Length ? $"'{PlainText.At(text, _at)}'" : "the end")}.";
}

using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Reqnroll;

/// <summary>The rows of a table, without its header.</summary>
internal sealed class DataTableRows : IEnumerable<DataTableRow>
{
    private readonly List<DataTableRow> _rows = [];
    private readonly Table _table;

    internal DataTableRows(Table table) => _table = table;

    public int Count => _rows.Count;

    public DataTableRow this[int index] => _rows[index];

    public IEnumerator<DataTableRow> GetEnumerator() => _rows.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => _table.ToString();

    internal void Add(DataTableRow row) => _rows.Add(row);
}

/// <summary>One row: cells by column, in the order of the header. Cells may be changed, columns not.</summary>
internal sealed class DataTableRow : IDictionary<string, string>
{
    private readonly Table _table;
    private readonly string[] _cells;

    internal DataTableRow(Table table, string[] cells)
    {
        _table = table;
        _cells = cells;
    }

    public ICollection<string> Keys => _table.Header;

    public ICollection<string> Values => _cells;

    public int Count => _cells.Length;

    public bool IsReadOnly => false;

    /// <exception cref="IndexOutOfRangeException">There is no such column.</exception>
    public string this[string key]
    {
        get => _cells[IndexOf(key)];
        set => _cells[IndexOf(key)] = value;
    }

    /// <exception cref="IndexOutOfRangeException">There are fewer columns.</exception>
    public string this[int index] => _cells[index];

    public bool ContainsKey(string key) => _table.ContainsColumn(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value)
    {
        value = ContainsKey(key) ? this[key] : null;
        return value is not null;
    }

    public bool Contains(KeyValuePair<string, string> item) => TryGetValue(item.Key, out var value) && value == item.Value;

    public void CopyTo(KeyValuePair<string, string>[] array, int arrayIndex)
    {
        foreach (var pair in this) array[arrayIndex++] = pair;
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => Keys.Zip(_cells, KeyValuePair.Create).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Add(string key, string value) => throw FixedColumns();

    public void Add(KeyValuePair<string, string> item) => throw FixedColumns();

    public bool Remove(string key) => throw FixedColumns();

    public bool Remove(KeyValuePair<string, string> item) => throw FixedColumns();

    public void Clear() => throw FixedColumns();

    private int IndexOf(string column)
    {
        var index = _table.IndexOf(column);
#pragma warning disable CA2201, MA0012 // The exception type is part of the surface that step code relies on.
        return index >= 0 ? index : throw _table.NoSuchColumn(column, text => new IndexOutOfRangeException(text));
#pragma warning restore CA2201, MA0012
    }

    private static NotSupportedException FixedColumns() => new("The columns of a row are those of its table.");
}

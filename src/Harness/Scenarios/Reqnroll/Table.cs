using System.Text;

namespace Reqnroll;

/// <summary>The table under a step: a header and rows of text.</summary>
internal class Table
{
    private readonly List<string> _header;

    /// <exception cref="ArgumentException">There is no column, or two have the same name.</exception>
    public Table(params string[] header)
    {
        if (header.Length == 0) throw new ArgumentException("A table needs at least one column.", nameof(header));
        if (header.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"Two columns are called '{twice.Key}'.", nameof(header));
        _header = [.. header];
        Rows = new DataTableRows(this);
    }

    public ICollection<string> Header => _header.AsReadOnly();

    public DataTableRows Rows { get; }

    public int RowCount => Rows.Count;

    public bool ContainsColumn(string column) => _header.Contains(column);

    /// <exception cref="ArgumentException">There is no such column.</exception>
    public void RenameColumn(string oldColumn, string newColumn)
    {
        var index = IndexOf(oldColumn);
        if (index < 0) throw NoSuchColumn(oldColumn, text => new ArgumentException(text, nameof(oldColumn)));
        _header[index] = newColumn;
    }

    /// <exception cref="ArgumentException">There are more or fewer cells than columns.</exception>
    public void AddRow(params string[] cells)
    {
        if (cells.Length != _header.Count)
            throw new ArgumentException($"The table has {_header.Count} columns, the row {cells.Length} cells: {string.Join(", ", cells)}", nameof(cells));
        Rows.Add(new DataTableRow(this, [.. cells]));
    }

    /// <summary>Adds a row by column; columns that are not given are empty.</summary>
    public void AddRow(IDictionary<string, string> values)
    {
        foreach (var column in values.Keys.Where(column => !ContainsColumn(column)))
            throw NoSuchColumn(column, text => new ArgumentException(text, nameof(values)));
        AddRow([.. _header.Select(column => values.TryGetValue(column, out var value) ? value : string.Empty)]);
    }

    public override string ToString() => ToString(headersOnly: false);

    public string ToString(bool headersOnly, bool withNewLine = true)
    {
        var lines = headersOnly ? [_header] : Rows.Select(IReadOnlyList<string> (row) => [.. row.Values]).Prepend(_header).ToArray();
        var widths = _header.Select((_, column) => lines.Max(line => line[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            if (text.Length > 0) text.AppendLine();
            text.Append('|').AppendJoin('|', line.Select((cell, column) => $" {cell.PadRight(widths[column])} ")).Append('|');
        }

        return withNewLine ? text.AppendLine().ToString() : text.ToString();
    }

    internal int IndexOf(string column) => _header.IndexOf(column);

    internal T NoSuchColumn<T>(string column, Func<string, T> error)
        where T : Exception
        => error($"The table has no column '{column}'; it has: {string.Join(", ", _header)}");
}

/// <summary>The name by which steps ask for a <see cref="Table"/> today.</summary>
internal sealed class DataTable(params string[] header) : Table(header);

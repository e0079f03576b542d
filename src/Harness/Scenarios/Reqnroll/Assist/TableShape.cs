namespace Reqnroll.Assist;

/// <summary>Reads a table that describes one object, across or down.</summary>
internal static class TableShape
{
    /// <summary>The cells by member name. A table goes down if its header, its rows or its first cell say so.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> CellsOfOne(Table table, Type type)
    {
        if (!IsVertical(table, type)) return CellsOf(table.Rows[0]);
        if (table.Header.Count < 2) throw new InvalidOperationException("A table for one object needs two columns, or exactly one row.");
        return [.. table.Rows.Select(row => KeyValuePair.Create(row[0], row[1]))];
    }

    public static IReadOnlyList<KeyValuePair<string, string>> CellsOf(DataTableRow row) => [.. row];

    private static bool IsVertical(Table table, Type type)
        => table.Header.SequenceEqual(["Field", "Value"])
        || table.RowCount != 1
        || (table.Header.Count == 2 && TableMember.Of(type).Any(member => member.IsNamedBy(table.Rows[0][0])));
}

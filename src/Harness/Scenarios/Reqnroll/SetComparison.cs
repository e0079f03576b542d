using Reqnroll.Assist;

namespace Reqnroll;

/// <summary>Compares a table with a set of objects, on the table's columns.</summary>
internal static class SetComparison
{
    /// <param name="table">One row for each object.</param>
    /// <param name="set">The objects.</param>
    /// <param name="sequentialEquality">Whether the order counts.</param>
    /// <exception cref="ComparisonException">Rows are missing (<c>-</c>) or objects are too many (<c>+</c>), or a column names no member.</exception>
    public static void CompareToSet<T>(this Table table, IEnumerable<T> set, bool sequentialEquality = false)
    {
        var columns = table.Header.ToArray();
        var members = columns.Select(column => TableMember.Of(typeof(T)).FirstOrDefault(member => member.IsNamedBy(column))).ToArray();
        var unknown = columns.Where((_, index) => members[index] is null).ToArray();
        if (unknown.Length > 0) throw new ComparisonException($"{typeof(T).Name} has no members for: {string.Join(", ", unknown)}");

        T?[] items = [.. set];
        var matches = sequentialEquality ? MatchInOrder() : MatchInAnyOrder();
        var extra = items.Where((_, index) => !matches.Contains(index)).ToArray();
        if (extra.Length == 0 && matches.All(match => match is not null)) return;
        throw new ComparisonException(Describe(extra));

        int?[] MatchInOrder() => [.. table.Rows.Select((row, index) => index < items.Length && Describes(row, items[index]) ? index : (int?)null)];

        int?[] MatchInAnyOrder()
        {
            var free = Enumerable.Range(0, items.Length).ToList();
            return [.. table.Rows.Select(row =>
            {
                var at = free.FindIndex(index => Describes(row, items[index]));
                if (at < 0) return (int?)null;
                var match = free[at];
                free.RemoveAt(at);
                return match;
            })];
        }

        bool Describes(DataTableRow row, T? item)
            => item is not null && members.Index().All(member => CellComparison.AreEqual(row[member.Index], member.Item!.Get(item)));

        string Describe(IEnumerable<T?> added)
        {
            // The marks go into a column of their own, so that the table stays a table.
            var told = new Table([" ", .. columns]);
            foreach (var (index, row) in table.Rows.Index()) told.AddRow([matches[index] is null ? "-" : " ", .. row.Values]);
            foreach (var item in added) told.AddRow(["+", .. members.Select(member => item is null ? "null" : CellComparison.Display(member!.Get(item)))]);
            var lines = told.ToString(headersOnly: false, withNewLine: false).Split(Environment.NewLine).Select(line => $"{line[2]} {line[4..]}");
            return $"The table and the set differ (- expected and missing, + not expected):{Environment.NewLine}{string.Join(Environment.NewLine, lines)}";
        }
    }
}

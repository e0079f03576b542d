using System.Text;
using Leda.Harness.Device.Control.Wire;

namespace Leda.Harness.Device.Control.Verbs;

/// <summary>The table of <c>list</c>, aligned by tabs of eight as the original's is.</summary>
internal static class ContainerTable
{
    private const int Tab = 8;

    private static readonly (string Title, int Width, int Rule)[] _columns =
        [("ID", 37, 37), ("Name", 37, 37), ("Image", 60, 60), ("Status", 10, 10), ("Finished At", 32, 30), ("Exit Code", 10, 10)];

    public static string Of(IEnumerable<Container> containers)
    {
        var rows = new List<string[]> { Row(c => c.Title), Row(c => new string('-', c.Rule)) };
        rows.AddRange(containers.Select(Cells));
        var widths = Enumerable.Range(0, _columns.Length).Select(i => rows.Max(r => Math.Max(r[i].Length, _columns[i].Width))).ToArray();
        var text = new StringBuilder().Append('\n');
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++)
                Append(text, row[i].PadRight(_columns[i].Width), widths[i]);
            text.Append('\n');
        }

        return text.Append('\n').ToString();
    }

    private static void Append(StringBuilder text, string cell, int width)
    {
        var room = ((width + Tab - 1) / Tab * Tab) - cell.Length;
        text.Append(cell).Append('\t', (room + Tab - 1) / Tab).Append('|');
    }

    private static string[] Row(Func<(string Title, int Width, int Rule), string> cell) => [.. _columns.Select(cell)];

    private static string[] Cells(Container container) =>
    [
        container.Id, container.Name, container.Image?.Name ?? "", container.State?.Status ?? "", container.State?.FinishedAt ?? "",
        $"{container.State?.ExitCode ?? 0}",
    ];
}

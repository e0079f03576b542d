using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace Leda.Harness.Simulator.Tests.Parity;

/// <summary>The table of which of Ditto's behaviours hold, row by row.</summary>
internal static partial class ParityTable
{
    private static readonly (char Section, string Title, int Rows, string Core)[] _sections =
    [
        ('A', "Things", 24, "01 02 03 04 06 07 08 09 11 12 14 20"),
        ('B', "Attributes, features, properties, definitions", 18, "01 03 04 07 11 12 14 15"),
        ('C', "Merge", 11, "01 02 03 05 06 07 09"),
        ('D', "Conditional requests", 14, "02 03 05 06 08 09 12"),
        ('E', "Policies", 12, "01 08 09 11 12"),
        ('F', "Messages and claims", 12, "01 02 03 04 05 07 11"),
        ('G', "Live channel over HTTP", 10, "01 05"),
        ('H', "WebSocket", 18, "01 02 04 05 07 10 12"),
        ('I', "Acknowledgements over HTTP", 7, "02 03"),
        ('J', "Search", 16, "01 02 03 05 14"),
        ('K', "Server-sent events", 6, "01 03"),
        ('L', "Metadata, history, permissions", 5, ""),
    ];

    /// <summary>Whether a test proves a row from outside, over HTTP or WebSocket; those of the parts behind the API do not count.</summary>
    public static bool IsRow(MethodInfo test) =>
        RowsOf(test.Name).Count > 0 && test.DeclaringType!.FullName!.StartsWith("Leda.Harness.Simulator.Tests.Api.", StringComparison.Ordinal);

    /// <summary>The rows that a test's name begins with: <c>B12_B13_Properties_…</c> proves two.</summary>
    public static IReadOnlyList<string> RowsOf(string test) => [.. RowPattern().Match(test).Groups["row"].Captures.Select(c => c.Value)];

    /// <summary>The table as Markdown.</summary>
    /// <param name="results">Whether each test passed, by its name.</param>
    public static string ToMarkdown(IReadOnlyDictionary<string, bool> results)
    {
        var byRow = results.SelectMany(r => RowsOf(r.Key), (r, row) => (Row: row, Test: r.Key, Passed: r.Value)).ToLookup(r => r.Row);
        var rows = _sections.SelectMany(s => Enumerable.Range(1, s.Rows), (s, n) => (s.Section, Id: $"{s.Section}{n:00}", IsCore: s.Core.Contains($"{n:00}", StringComparison.Ordinal))).ToList();
        var holding = rows.Where(r => byRow[r.Id].Any() && byRow[r.Id].All(t => t.Passed)).Select(r => r.Id).ToHashSet();
        var text = new StringBuilder();
        text.Append("# Parity with Eclipse Ditto\n\n")
            .Append("Written by the test run (`tests/Simulator.Tests/Parity`); do not edit. Each row is a black-box behaviour of Eclipse Ditto; ★ marks the core.\n\n")
            .Append($"{holding.Count} of {rows.Count} rows hold; of the {rows.Count(r => r.IsCore)} core rows {rows.Count(r => r.IsCore && holding.Contains(r.Id))}.\n");
        foreach (var (section, title, _, _) in _sections)
        {
            text.Append($"\n## {section}. {title}\n\n| row | | holds | tests |\n|---|---|---|---|\n");
            foreach (var row in rows.Where(r => r.Section == section))
            {
                var tests = byRow[row.Id].OrderBy(t => t.Test, StringComparer.Ordinal).ToList();
                text.Append($"| {row.Id} | {(row.IsCore ? "★" : "")} | {(tests.Count == 0 ? "no test" : holding.Contains(row.Id) ? "yes" : "**no**")} | {string.Join("; ", tests.Select(t => Words(t.Test)))} |\n");
            }
        }

        return text.ToString();
    }

    /// <summary>A test's name without its rows, in words.</summary>
    private static string Words(string test) =>
        WordPattern().Replace(RowPattern().Replace(test, ""), m => m.Value == "_" ? ":" : " " + m.Value.ToLowerInvariant()).Trim();

    [GeneratedRegex(@"\A(?:(?<row>[A-L][0-9]{2})_)+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex RowPattern();

    [GeneratedRegex("_|[A-Z][a-z]*", RegexOptions.CultureInvariant)]
    private static partial Regex WordPattern();
}

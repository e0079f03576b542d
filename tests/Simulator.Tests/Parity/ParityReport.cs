using System.Reflection;
using System.Runtime.CompilerServices;

namespace Leda.Harness.Simulator.Tests.Parity;

/// <summary>After a run of all row tests, writes <c>docs/ditto-parity.md</c>, so that it never says anything that no run has shown.</summary>
public sealed class ParityReport : IDisposable
{
    /// <summary>Writes the table, if every row test has run.</summary>
    public void Dispose()
    {
        var all = typeof(ParityReport).Assembly.GetTypes()
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance))
            .Where(m => m.GetCustomAttribute<FactAttribute>() is not null && ParityTable.IsRow(m))
            .Select(m => m.Name)
            .ToList();
        if (Path.Exists(Documents()) && all.TrueForAll(RowRecorderAttribute.Results.ContainsKey))
            File.WriteAllText(Path.Combine(Documents(), "ditto-parity.md"), ParityTable.ToMarkdown(RowRecorderAttribute.Results));
    }

    private static string Documents([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "../../../../docs"));
}

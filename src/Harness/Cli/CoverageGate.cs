using System.Text;
using Leda.Harness.Reports;
using Leda.Harness.Simulator.Coverage;

namespace Leda.Harness.Cli;

/// <summary>Tells in the end which part of the protocol was exercised, and whether that is enough.</summary>
/// <param name="coverage">Takes the messages.</param>
/// <param name="file">Where the report goes; <see langword="null"/> if the user wants none.</param>
/// <param name="least">How many percent are enough; <see langword="null"/> if any are.</param>
internal sealed class CoverageGate(ProtocolCoverage coverage, FileStream? file, int? least) : IAsyncDisposable
{
    /// <summary>Takes the messages.</summary>
    public ProtocolCoverage Coverage => coverage;

    /// <summary>Whether the user has asked for it.</summary>
    public bool IsWanted => file is not null || least is not null;

    /// <summary>Writes the report and tells the sum.</summary>
    /// <param name="report">What was exercised.</param>
    /// <param name="text">Where the sum is told.</param>
    /// <returns>Whether it is enough.</returns>
    public bool Conclude(CoverageReport report, TextWriter text)
    {
        file?.Write(Encoding.UTF8.GetBytes(CoverageMarkdown.Of(report)));
        text.WriteLine(report.Summary);
        if (!(report.Percent < least))
            return true;
        text.WriteLine($"--fail-under {least}: {report.Rounded} % is not enough. Never exercised: {Missing(report)}");
        return false;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => file?.DisposeAsync() ?? default;

    private static string Missing(CoverageReport report)
    {
        const int Most = 5;
        var missing = report.Groups.SelectMany(group => group.Items).Where(item => item.Count == 0).Select(item => item.Name).ToList();
        return string.Join("; ", missing.Take(Most)) + (missing.Count > Most ? $"; and {missing.Count - Most} more, see --coverage FILE" : "");
    }
}

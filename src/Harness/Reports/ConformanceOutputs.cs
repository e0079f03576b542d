using System.Text;
using Leda.Harness.Cli;
using Leda.Harness.Conformance;

namespace Leda.Harness.Reports;

/// <summary>The files that a report is written to; each may be left out. The Markdown also goes where GitHub shows it beside a job.</summary>
internal sealed record ConformanceOutputs(string? JUnit, string? Json, string? Markdown, string? Html)
{
    private const string SummaryOption = "GITHUB_STEP_SUMMARY";

    private static string? Summary => Environment.GetEnvironmentVariable(SummaryOption) is { Length: > 0 } path ? path : null;

    /// <summary>Finds out whether they can be written before there is anything to write.</summary>
    /// <exception cref="UsageException">One cannot.</exception>
    public void Probe()
    {
        foreach (var (option, path) in new[] { ("--junit", JUnit), ("--json", Json), ("--markdown", Markdown), ("--html", Html), (SummaryOption, Summary) })
        {
            Try(option, path, file =>
            {
                var isNew = !File.Exists(file);
                File.Open(file, FileMode.OpenOrCreate, FileAccess.Write).Dispose();
                if (isNew)
                    File.Delete(file);
            });
        }
    }

    /// <summary>Writes them all.</summary>
    /// <exception cref="UsageException">A file cannot be written.</exception>
    public void Write(ConformanceReport report)
    {
        Try("--junit", JUnit, path =>
        {
            using var file = File.Create(path);
            JUnitReport.Write(file, $"conformance {report.Profile}", ConformanceCases.Of(report));
        });
        Try("--json", Json, path => File.WriteAllBytes(path, ConformanceJson.Of(report)));
        Try("--markdown", Markdown, path => File.WriteAllBytes(path, Encoding.UTF8.GetBytes(ConformanceMarkdown.Of(report))));
        Try("--html", Html, path => File.WriteAllBytes(path, Encoding.UTF8.GetBytes(ConformanceHtml.Of(report))));
        Try(SummaryOption, Summary, path => File.AppendAllText(path, ConformanceMarkdown.Of(report)));
    }

    private static void Try(string option, string? path, Action<string> write)
    {
        try
        {
            if (path is not null)
                write(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"{option}: {e.Message}");
        }
    }
}

using System.Text;
using Leda.Harness.Cli;
using Leda.Harness.Conformance;

namespace Leda.Harness.Reports;

/// <summary>The files that a report is written to; each may be left out.</summary>
internal sealed record ConformanceOutputs(string? JUnit, string? Json, string? Markdown, string? Html)
{
    private const string StepSummary = "GITHUB_STEP_SUMMARY";

    /// <summary>Writes them all; the Markdown also goes where GitHub shows it beside a job.</summary>
    /// <exception cref="UsageException">A file cannot be written.</exception>
    public void Write(ConformanceReport report)
    {
        if (JUnit is not null)
            Create("--junit", JUnit, file => JUnitReport.Write(file, $"conformance {report.Profile}", ConformanceCases.Of(report)));
        if (Json is not null)
            Create("--json", Json, file => file.Write(ConformanceJson.Of(report)));
        if (Markdown is not null)
            Create("--markdown", Markdown, file => file.Write(Encoding.UTF8.GetBytes(ConformanceMarkdown.Of(report))));
        if (Html is not null)
            Create("--html", Html, file => file.Write(Encoding.UTF8.GetBytes(ConformanceHtml.Of(report))));
        if (Environment.GetEnvironmentVariable(StepSummary) is { Length: > 0 } summary)
            Try(StepSummary, () => File.AppendAllText(summary, ConformanceMarkdown.Of(report)));
    }

    private static void Create(string option, string path, Action<FileStream> write) => Try(option, () =>
    {
        using var file = File.Create(path);
        write(file);
    });

    private static void Try(string option, Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"{option}: {e.Message}");
        }
    }
}

using System.Text;
using Leda.Harness.Protocol;
using Leda.Harness.Reports;
using Leda.Harness.Simulator.Referee;
using Leda.Harness.Traffic;
using Spectre.Console;

namespace Leda.Harness.Cli;

/// <summary>Shows what <c>check</c> finds on the standard output: for people, in colour on a terminal, or as JSON lines for programs.</summary>
/// <param name="isJson">Whether for programs.</param>
/// <param name="showsAll">Whether people also want to see what is fine.</param>
internal sealed class CheckView(bool isJson, bool showsAll) : IDisposable
{
    private readonly StreamWriter? _text = isJson || Console.IsOutputRedirected
        ? new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 1 << 16) { NewLine = "\n" }
        : null;

    /// <summary>Shows one message; it stands on the output after <see cref="Flush"/>.</summary>
    public void Show(CheckedItem item)
    {
        if (isJson)
        {
            _text!.WriteLine(Encoding.UTF8.GetString(CheckJson.Of(item)));
            return;
        }

        if (!showsAll && item.Verdict is Verdict.Ok or Verdict.Unjudged)
            return;
        Write(CheckText.Head(item), item.Verdict switch { Verdict.Error => "red", Verdict.Warning => "yellow", _ => "default" });
        foreach (var line in item.Findings.Where(finding => finding.Rule != TrafficJudge.UnjudgedRule).SelectMany(CheckText.Lines))
            Write(line, "default");
    }

    /// <summary>Shows how a file came off.</summary>
    public void Conclude(string file, CheckTally tally)
    {
        if (!isJson)
            Write($"{PlainText.Of(file)}: {tally}", tally switch { { Errors: > 0 } => "red", { Warnings: > 0 } => "yellow", _ => "green" });
        Flush();
    }

    /// <summary>Nothing waits any longer.</summary>
    public void Flush() => _text?.Flush();

    /// <inheritdoc/>
    public void Dispose() => _text?.Dispose();

    private void Write(string line, string colour)
    {
        if (_text is not null)
            _text.WriteLine(line);
        else
            AnsiConsole.MarkupLineInterpolated($"[{colour}]{line}[/]");
    }
}

using Leda.Harness.Scenarios;
using Leda.Harness.Simulator.Journal;
using Leda.Harness.Simulator.Referee;
using Spectre.Console;

namespace Leda.Harness.Cli;

/// <summary>Shows the conversation as it goes: in colour on a terminal, as plain lines elsewhere.</summary>
internal static class ConversationView
{
    /// <summary>What shows one entry on the standard output.</summary>
    public static Action<JournalEntry> ForConsole()
    {
        if (Console.IsOutputRedirected)
            return entry => Console.Out.WriteLine(ConversationLine.Of(entry));
        AnsiConsole.Profile.Width = ushort.MaxValue; // the terminal may wrap a long line, Spectre would break it
        return entry => AnsiConsole.MarkupLineInterpolated($"[{Colour(entry)}]{ConversationLine.Of(entry)}[/]");
    }

    private static string Colour(JournalEntry entry) => entry switch
    {
        { Judgement.Verdict: Verdict.Error } or { Kind: JournalKind.Overflow or JournalKind.TwinError } => "red",
        { Judgement.Verdict: Verdict.Warning } => "yellow",
        { Kind: JournalKind.TwinEvent } => "blue",
        { Kind: JournalKind.Publish } => "default",
        _ => "grey",
    };
}

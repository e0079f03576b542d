using Leda.Harness.Simulator.Referee.Memory;
using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>SEM-05. An operation that runs since before the first command that was seen is nobody's orphan: only one that begins, or that takes the place of a running one, is.</summary>
internal sealed class OrphanRule : ConversationRule
{
    public override string Id => Rule.Orphan;

    public override Severity Severity => Severity.Warning;

    public override string Sentence => "The correlationId of a status is that of a command to this thing.";

    public override string Hint => "Repeat the correlationId of the command in each status: nobody can tell otherwise what it is about.";

    public override string Source => "payloads.md SEM-05, (a)";

    public override IReadOnlyList<ExampleMessage> Passing => [Command(Software, "install", Install()), Status("STARTED")];

    public override IReadOnlyList<ExampleMessage> Failing => [Command(Software, "install", Install()), Status("STARTED", "u-2")];

    public override void Check(Heard heard, Conversation conversation, List<Finding> findings)
    {
        if (heard.Report is not { } report)
            return;
        var thing = heard.Thing;
        if (thing.Actions.Count == 0 || thing.Actions.HasForgotten || thing.Actions.Contains((report.Feature, report.CorrelationId)))
            return;
        if (thing.Operations.Contains((report.Feature, report.CorrelationId, report.Subject)))
            return; // it ran before, or it has been said already
        if (report.Status is "STARTED" or "REMOVING" || TakesOver(report, thing))
        {
            var known = Words.Few(thing.Actions.All.Select(action => $"'{Words.Short(action.Key.CorrelationId)}'"));
            findings.Add(Found($"{report.At}/correlationId", $"that of a command that was seen: {known}", $"'{Words.Short(report.CorrelationId)}'"));
        }
    }

    /// <summary>Whether it goes on with what a known operation has begun.</summary>
    private static bool TakesOver(OperationReport report, ThingMemory thing) =>
        thing.Features.Find(report.Feature)?.LastOperation is { } last
        && last.Subject == report.Subject
        && !OperationStates.IsEnd(last.Status)
        && thing.Actions.Contains((last.Feature, last.CorrelationId));
}

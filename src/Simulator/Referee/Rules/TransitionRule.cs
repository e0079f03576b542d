using Leda.Harness.Simulator.Referee.Memory;
using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>SEM-04, the table of <c>payloads.md</c> (a) with its exceptions. An operation whose beginning was not seen may be anywhere.</summary>
internal sealed class TransitionRule : ConversationRule
{
    public override string Id => Rule.Transition;

    public override Severity Severity => Severity.Error;

    public override string Sentence => "A software operation goes through its states in their order, and ends once.";

    public override string Hint => "Report each state in its order, for the same correlationId and module; nothing follows the end.";

    public override string Source => "payloads.md (a), SEM-04";

    public override IReadOnlyList<ExampleMessage> Passing => [Command(Software, "install", Install()), Status("STARTED"), Status("DOWNLOADING"), Status("DOWNLOADED"), Status("INSTALLING"), Status("INSTALLED"), Status("FINISHED_SUCCESS")];

    public override IReadOnlyList<ExampleMessage> Failing => [Command(Software, "install", Install()), Status("STARTED"), Status("DOWNLOADING"), Status("DOWNLOADED"), Status("INSTALLING"), Status("DOWNLOADED")];

    public override void Check(Heard heard, Conversation conversation, List<Finding> findings)
    {
        if (heard.Report is not { } report || !OperationStates.IsKnown(report.Status))
            return;
        var thing = heard.Thing;
        var action = thing.Actions.Find((report.Feature, report.CorrelationId));
        var isFirst = OperationStates.IsFirst(report.Status);
        if (!thing.Operations.TryFind((report.Feature, report.CorrelationId, report.Subject), out var operation))
        {
            if (action is not null && !isFirst && !thing.Operations.HasForgotten && action.Names(report.Subject))
                findings.Add(Found($"{report.At}/status", $"first {OperationStates.First}", report.Status));
            return;
        }

        var beginsAnew = isFirst && action?.Commands > operation.Begun;
        var kind = action?.Operation ?? "";
        if (operation.Status.Length > 0 && !beginsAnew && !OperationStates.MayFollow(operation, kind, report.Status))
            findings.Add(Found($"{report.At}/status", OperationStates.After(operation, kind), report.Status));
    }
}

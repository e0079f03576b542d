using Leda.Harness.Simulator.Referee.Memory;
using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>SEM-04. What skips it otherwise is found by the table of transitions.</summary>
internal sealed class InstalledFirstRule : ConversationRule
{
    public override string Id => Rule.InstalledFirst;

    public override Severity Severity => Severity.Error;

    public override string Sentence => "INSTALLED comes before the FINISHED_SUCCESS of an install.";

    public override string Hint => "Report INSTALLED when the software is in its place, and FINISHED_SUCCESS when it works.";

    public override string Source => "payloads.md (a)";

    public override IReadOnlyList<ExampleMessage> Passing => [Command(Software, "install", Install()), Status("STARTED"), Status("DOWNLOADING"), Status("DOWNLOADED"), Status("INSTALLING"), Status("INSTALLED"), Status("FINISHED_SUCCESS")];

    public override IReadOnlyList<ExampleMessage> Failing => [Command(Software, "install", Install()), Status("STARTED"), Status("FINISHED_SUCCESS")];

    public override void Check(Heard heard, Conversation conversation, List<Finding> findings)
    {
        if (heard.Report is not { Status: OperationStates.Success } report || heard.Thing.Actions.Find((report.Feature, report.CorrelationId)) is not { Operation: "install" })
            return;
        var operation = heard.Thing.Operations.Find((report.Feature, report.CorrelationId, report.Subject));
        if (operation is { IsWhole: true, WasInstalled: false, Status: "STARTED" })
            findings.Add(Found($"{report.At}/status", "INSTALLED before", $"{report.Status} after {operation.Status}"));
    }
}

using Leda.Harness.Simulator.Referee.Memory;
using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>SEM-04. It may go back from one state to the next.</summary>
internal sealed class ProgressRule : ConversationRule
{
    public override string Id => Rule.Progress;

    public override Severity Severity => Severity.Error;

    public override string Sentence => "The progress of a software operation does not go back while it downloads or installs.";

    public override string Hint => "Report progress that grows from 0 to 100 inside one state; begin anew in the next one.";

    public override string Source => "payloads.md (a) and 3";

    public override IReadOnlyList<ExampleMessage> Passing => [Status("DOWNLOADING", more: ",\"progress\":40"), Status("DOWNLOADING", more: ",\"progress\":60")];

    public override IReadOnlyList<ExampleMessage> Failing => [Status("DOWNLOADING", more: ",\"progress\":40"), Status("DOWNLOADING", more: ",\"progress\":20")];

    public override void Check(Heard heard, Conversation conversation, List<Finding> findings)
    {
        if (heard.Report is not { Status: "DOWNLOADING" or "INSTALLING" } report || report.Value.Whole("progress"u8) is not { } progress)
            return;
        var operation = heard.Thing.Operations.Find((report.Feature, report.CorrelationId, report.Subject));
        if (operation?.Status == report.Status && operation.Progress > progress)
            findings.Add(Found($"{report.At}/progress", $"{operation.Progress} or more", $"{progress}"));
    }
}

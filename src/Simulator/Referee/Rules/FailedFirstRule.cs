using Leda.Harness.Simulator.Referee.Memory;
using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>SEM-04. Whoever reads lastFailedOperation when it sees the end finds the failure of an earlier operation otherwise.</summary>
internal sealed class FailedFirstRule : ConversationRule
{
    public override string Id => Rule.FailedFirst;

    public override Severity Severity => Severity.Error;

    public override string Sentence => "A failure is written to lastFailedOperation, then the same to lastOperation.";

    public override string Hint => "Write lastFailedOperation with the same correlationId and status before lastOperation.";

    public override string Source => "payloads.md 2.1 and (a)";

    public override IReadOnlyList<ExampleMessage> Passing => [Status("DOWNLOADING"), Status("FINISHED_ERROR", path: LastFailedOperation), Status("FINISHED_ERROR")];

    public override IReadOnlyList<ExampleMessage> Failing => [Status("DOWNLOADING"), Status("FINISHED_ERROR")];

    public override void Check(Heard heard, Conversation conversation, List<Finding> findings)
    {
        if (heard.Report is not { } report || !OperationStates.IsFailure(report.Status))
            return;
        var (thing, key) = (heard.Thing, (report.Feature, report.CorrelationId));
        var isInSight = thing.Operations.Find((report.Feature, report.CorrelationId, report.Subject)) is { Status.Length: > 0 } || thing.Actions.Contains(key);
        var failed = thing.Features.Find(report.Feature)?.LastFailed;
        if (isInSight && (failed is null || !failed.IsOfSame(report) || failed.Status != report.Status))
            findings.Add(Found(report.At, $"{report.Status} in lastFailedOperation before", failed is null ? "nothing there" : $"{failed.Status} of '{Words.Short(failed.CorrelationId)}' there"));
    }
}

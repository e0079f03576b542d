using Leda.Harness.Simulator.Referee.Memory;

namespace Leda.Harness.Simulator.Coverage;

/// <summary>How software operations go on.</summary>
internal sealed class SoftwareReports : StateReports
{
    private const string LastOperation = "/properties/status/lastOperation";

    private readonly Recent<(string Thing, string Feature, string CorrelationId, string Subject), string> _last = new(1_000);

    public override IEnumerable<(string? From, string To)> Next(SpokenMessage message)
    {
        if (message.Signal is not { Kind: "twin command", Features: [var part] } signal || OperationReport.Of(part, LastOperation) is not { } report
            || !OperationStates.IsKnown(report.Status))
        {
            return [];
        }

        var key = (signal.Topic.ThingId.ToString(), report.Feature, report.CorrelationId, report.Subject);
        var from = _last.Find(key) ?? "";
        if (OperationStates.IsEnd(from) && OperationStates.IsFirst(report.Status) && !OperationStates.IsEnd(report.Status))
            from = ""; // the same correlation id once more
        _last.Put(key, report.Status);
        return [(from, report.Status)];
    }
}

using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Hono;

namespace Leda.Harness.Simulator.Referee;

/// <summary>Answers to live messages (<c>kanto-container-management.md</c> 2.5).</summary>
internal static class ResponseRules
{
    /// <summary>A response has a status, a command has none, and the bus topic repeats it.</summary>
    public static IEnumerable<Finding> Status(Signal signal)
    {
        var status = signal.Envelope.Status;
        if (signal.Bus is { Kind: DeviceTopicKind.CommandResponse } answer && status != answer.Status)
        {
            yield return new Finding(
                Rule.ResponseStatus, Severity.Error, "/status", $"the status {answer.Status} of the bus topic", status?.ToString() ?? "nothing",
                "Write the same status at the end of the bus topic and in the envelope.");
        }

        if (signal.IsLiveResponse && signal.Bus is { Kind: DeviceTopicKind.CommandRequest })
        {
            yield return new Finding(
                Rule.ResponseStatus, Severity.Error, "/status", "no status in a command", $"{status}",
                "Leave it out: a status makes a response of the command, and responses travel on command/…/res.");
        }

        if (signal.IsLiveResponse && signal.Bus is { Kind: DeviceTopicKind.Event or DeviceTopicKind.Telemetry } uplink)
        {
            yield return new Finding(
                Rule.ResponseStatus, Severity.Warning, "topic", "command//<device>/res/<request-id>/<status> for a response", $"'{uplink}'",
                "Answer on the topic of the request with 'res' in place of 'req': here the connector cannot match it.");
        }
    }

    /// <summary>Executed operations are answered on the outbox path; what was refused before keeps the path of the request.</summary>
    public static IEnumerable<Finding> Path(Signal signal)
    {
        if (signal is { IsLiveResponse: true, Message: { Direction: MessageDirection.Inbox } path } && signal.Envelope.Status is not (400 or 404))
        {
            yield return new Finding(
                Rule.ResponsePath, Severity.Warning, "/path", $"'{path.ToOutbox()}'", $"'{path}'",
                "Answer an executed operation with outbox in place of inbox, as Kanto does; Ditto's Java client keeps inbox.");
        }
    }

    /// <summary>A 204 has no value, an error's value repeats the status.</summary>
    public static IEnumerable<Finding> Value(Signal signal)
    {
        if (!signal.IsLiveResponse)
            yield break;
        var status = signal.Envelope.Status;
        if (status == 204 && signal.Envelope.Value is { } value)
        {
            yield return new Finding(
                Rule.ResponseValue, Severity.Warning, "/value", "no value beside status 204", Words.Short(value.GetRawText()),
                "Leave it out, or answer 200: Ditto drops it.");
        }

        if (status >= 400 && ErrorStatus(signal) is { } inner && inner != status)
        {
            yield return new Finding(
                Rule.ResponseValue, Severity.Error, "/value/status", $"the status {status} of the envelope", $"{inner}",
                "Write the same status in the envelope and in the error.");
        }
    }

    private static int? ErrorStatus(Signal signal) =>
        signal.Envelope.Value is { ValueKind: JsonValueKind.Object } error
        && error.TryGetProperty("status", out var status)
        && status.ValueKind == JsonValueKind.Number
        && status.TryGetInt32(out var number)
            ? number
            : null;
}

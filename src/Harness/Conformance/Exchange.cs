using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Conformance;

/// <summary>A command and its answer.</summary>
/// <param name="Command">The command.</param>
/// <param name="Request">As it went out.</param>
/// <param name="RequestId">The request id of the bus topic; empty for a one-way command.</param>
/// <param name="Device">The device of the bus topic.</param>
/// <param name="Sent">When.</param>
/// <param name="From">Where in the record.</param>
internal sealed record Exchange(Command Command, Envelope Request, string RequestId, string Device, DateTimeOffset Sent, long From)
{
    /// <summary>The answer that came first, if any.</summary>
    public DeviceMessage? Answer { get; init; }

    /// <summary>How long the answer may take.</summary>
    public TimeSpan Limit { get; init; }

    /// <summary>The answer's status, as the bus topic says, or the envelope if the topic cannot be read.</summary>
    public int? Status => Answer?.Topic is { Status: > 0 } topic ? topic.Status : Answer?.Envelope?.Status;

    /// <summary>What was seen, for people.</summary>
    public string Seen => Answer is null ? "no answer" : $"{Status} {Json.Show(Answer.Value)}";

    /// <summary>Whether a message answers this command, by the request id, or by the correlation id, so that either may be wrong.</summary>
    public bool IsAnsweredBy(DeviceMessage message) => message.IsAnswer && message.Entry.Sequence >= From
        && ((message.Topic is { RequestId.Length: > 0 } topic && topic.RequestId == RequestId)
            || (message.Envelope is { } answer && answer.Headers.CorrelationId == Request.Headers.CorrelationId
                && (answer.Headers.CorrelationId is not null || (answer.Path == Request.Path && answer.Topic == Request.Topic))));

    /// <summary>The wrong messages that a failure can show.</summary>
    public IReadOnlyList<JournalEntry> Wrong => Answer is null ? [] : [Answer.Entry];
}

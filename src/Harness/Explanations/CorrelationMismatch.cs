using Leda.Harness.Protocol.Hono;

namespace Leda.Harness.Explanations;

/// <summary>There was an answer, but by its correlation id it belongs to another command, or to none.</summary>
internal sealed class CorrelationMismatch : Cause
{
    /// <inheritdoc/>
    public override Explanation? Find(Record record)
    {
        foreach (var asked in record.Asked.Where(c => c.Bus.RequestId.Length > 0).Reverse())
        {
            var answer = record.Messages.LastOrDefault(m => m.Entry.Sequence > asked.Entry.Sequence
                && m.Bus is { Kind: DeviceTopicKind.CommandResponse } bus && bus.RequestId == asked.Bus.RequestId && bus.Device == asked.Bus.Device
                && m.Envelope?.Headers.CorrelationId != asked.CorrelationId);
            if (answer is not null)
                return At(answer.Entry, $"the answer on {answer.Entry.Topic} has {Id(answer.Envelope?.Headers.CorrelationId)}; the command #{asked.Entry.Sequence} has {Id(asked.CorrelationId)}: repeat the command's header");
        }

        return null;
    }

    private static string Id(string? id) => string.IsNullOrEmpty(id) ? "no correlation-id" : $"the correlation-id '{id}'";
}

using System.Collections.Immutable;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Api.Acks;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Api.WebSockets;

/// <summary>Takes the acknowledgements that one socket gives (<c>ditto.md</c> 5.3 and 5.4).</summary>
/// <param name="board">Who waits for some.</param>
/// <param name="declared">The labels that the socket may use.</param>
internal sealed class AckRequests(AckBoard board, ImmutableHashSet<string> declared)
{
    /// <summary>Takes one.</summary>
    /// <returns>Why it does not count; <see langword="null"/> if it does.</returns>
    public DittoError? Take(TopicPath topic, Envelope envelope)
    {
        var label = topic.Action;
        if (!AckLabels.IsValid(label))
            return AckErrors.LabelInvalid(label);
        if (!declared.Contains(label))
            return AckErrors.NotDeclared(label);
        if (envelope.Headers.CorrelationId is not { } correlationId)
            return AckErrors.CorrelationIdMissing();
        if (envelope.Status is not (>= 200 and < 600 and { } status))
            return AckErrors.StatusInvalid(label);
        var acknowledgement = new Acknowledgement(label, status, envelope.Value, envelope.Headers);
        return board.Acknowledge(topic.ThingId, correlationId, acknowledgement) ? null : AckErrors.Late(label);
    }
}

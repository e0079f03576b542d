using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Signals;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.History;

/// <summary>An open stream of one twin's history, between two requests (<c>ditto.md</c> 5.7).</summary>
/// <param name="Id">What the session calls it.</param>
/// <param name="Thing">The twin.</param>
/// <param name="CorrelationId">That of the command that opened it, which all that is told of it bears.</param>
/// <param name="Range">Which changes are wanted.</param>
/// <param name="View">What has to hold of them.</param>
internal sealed record HistorySubscription(string Id, ThingId Thing, string? CorrelationId, HistoryRange Range, Subscription View)
{
    /// <summary>What is still to be told; <see langword="null"/> before the first request.</summary>
    public Queue<HistoryEntry>? Left { get; set; }
}

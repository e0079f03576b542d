using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Policies;

namespace Leda.Harness.Simulator.Messages;

/// <summary>Something that goes out on the live channel: a message, a live command or a live event (<c>ditto.md</c> 3.1 and 3.3).</summary>
/// <param name="Topic">The envelope's topic, read; of <see cref="TopicPath.LiveChannel"/>.</param>
/// <param name="Envelope">What everybody gets, with a correlation id if an answer is awaited.</param>
/// <param name="Origin">The connection that it came by, which is not told again; <see langword="null"/> if it has no ears.</param>
public sealed record LiveSignal(TopicPath Topic, Envelope Envelope, string? Origin = null)
{
    /// <summary>How long an answer is awaited; default zero, none is.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>Who sends it; default the harness itself, which may send to things that have no twin, too.</summary>
    public Caller Caller { get; init; } = Caller.Harness;

    /// <summary>What must hold for the twin, in RQL, before anything is delivered (<c>ditto.md</c> 2.9); <see langword="null"/> for nothing.</summary>
    public string? Condition { get; init; }

    /// <summary>Whether nobody but the device can answer, so that nothing is awaited when it is not reached; default not.</summary>
    public bool ForDeviceOnly { get; init; }
}

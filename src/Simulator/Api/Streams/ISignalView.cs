using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Signals;

namespace Leda.Harness.Simulator.Api.Streams;

/// <summary>Which signals a stream has, and what it says of each.</summary>
internal interface ISignalView
{
    /// <summary>Whether a signal concerns the stream at all; asked by whoever causes it, so it has to be quick.</summary>
    bool Concerns(Signal signal);

    /// <summary>What is said of a signal that concerns it.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="reader">What the stream's reader may read of its thing.</param>
    /// <param name="now">The instant that <c>time:now</c> means.</param>
    /// <returns><see langword="null"/> if nothing.</returns>
    ServerEvent? Show(Signal signal, Enforcer reader, DateTimeOffset now);
}

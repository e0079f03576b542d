namespace Leda.Harness.Simulator.Referee.Memory;

/// <summary>A message of a conversation, as far as it was understood.</summary>
internal sealed class Heard(SeenMessage message, Signal? signal)
{
    public SeenMessage Message { get; } = message;

    /// <summary>The envelope; <see langword="null"/> if it is none, or none that can be read.</summary>
    public Signal? Signal { get; } = signal;
}

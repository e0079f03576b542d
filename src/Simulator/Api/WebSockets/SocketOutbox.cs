using System.Threading.Channels;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Signals;

namespace Leda.Harness.Simulator.Api.WebSockets;

/// <summary>
/// What is to go out on one socket, in order. Answers wait for room, which holds back the client that asked; signals never do: those that
/// find no room are counted, and the client is told how many it missed.
/// </summary>
internal sealed class SocketOutbox
{
    /// <summary>How much can wait for a slow client.</summary>
    public const int Capacity = 4_096;

    private readonly Channel<(byte[]? Frame, Signal? Signal, Enforcer Reader)> _waiting =
        Channel.CreateBounded<(byte[]?, Signal?, Enforcer)>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    private int _dropped;
    private volatile bool _isComplete;

    /// <summary>Puts a signal behind everything else.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="reader">What the client may read of it now, whatever the policy says when it has caught up.</param>
    /// <returns><see langword="false"/> if it is the first for which there is no room; a client that is gone misses nothing.</returns>
    public bool Add(Signal signal, Enforcer reader) => _waiting.Writer.TryWrite((null, signal, reader)) || _isComplete || Interlocked.Increment(ref _dropped) != 1;

    /// <summary>Puts a frame behind everything else, when there is room.</summary>
    /// <exception cref="ChannelClosedException">Nothing is sent any longer.</exception>
    public ValueTask AddAsync(byte[] frame) => _waiting.Writer.WriteAsync((frame, null, Enforcer.Nothing));

    /// <summary>How many signals found no room since the last call; 0 until the client has caught up with half of what waits.</summary>
    public int TakeDropped() => Waiting.Count > Capacity / 2 ? 0 : Interlocked.Exchange(ref _dropped, 0);

    /// <summary>Nothing more comes.</summary>
    public void Complete()
    {
        _isComplete = true;
        _waiting.Writer.TryComplete();
    }

    /// <summary>What waits.</summary>
    public ChannelReader<(byte[]? Frame, Signal? Signal, Enforcer Reader)> Waiting => _waiting.Reader;
}

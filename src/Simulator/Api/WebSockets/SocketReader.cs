using System.Net.WebSockets;

namespace Leda.Harness.Simulator.Api.WebSockets;

/// <summary>Reads whole frames. While nothing comes, nothing is held, so that idle sockets are cheap.</summary>
internal sealed class SocketReader(WebSocket socket)
{
    /// <summary>The largest frame that is read, in bytes; Java's clients send 256 KiB at most.</summary>
    public const int LargestFrame = 1 << 20;

    /// <summary>The next frame.</summary>
    /// <returns>Its type and content; <see cref="WebSocketMessageType.Close"/> when the client has closed; no content if it is too large.</returns>
    public async ValueTask<(WebSocketMessageType Type, ReadOnlyMemory<byte>? Content)> ReadAsync(CancellationToken cancellationToken)
    {
        var first = await socket.ReceiveAsync(Memory<byte>.Empty, cancellationToken);
        if (first.EndOfMessage || first.MessageType == WebSocketMessageType.Close)
            return (first.MessageType, ReadOnlyMemory<byte>.Empty);
        var buffer = new byte[2_048];
        for (var length = 0; ;)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            length += part.Count;
            if (part.EndOfMessage || part.MessageType == WebSocketMessageType.Close)
                return (part.MessageType, buffer.AsMemory(0, length));
            if (length == LargestFrame)
                return (part.MessageType, null);
            if (length == buffer.Length)
                Array.Resize(ref buffer, Math.Min(2 * length, LargestFrame));
        }
    }
}

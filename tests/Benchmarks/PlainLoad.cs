using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Leda.Harness.Benchmarks;

/// <summary>
/// One publisher and one subscriber on plain sockets, MQTT 3.1.1 and QoS 0: packets made once, and delivered ones only counted, so that the
/// broker is the limit and not its clients.
/// </summary>
internal sealed class PlainLoad : IDisposable
{
    private readonly Socket _publisher;
    private readonly Socket _subscriber;
    private readonly byte[] _turn;
    private readonly int _messages;

    private PlainLoad(Socket publisher, Socket subscriber, byte[] turn, int messages) =>
        (_publisher, _subscriber, _turn, _messages) = (publisher, subscriber, turn, messages);

    /// <summary>Connects both.</summary>
    /// <param name="port">The broker's.</param>
    /// <param name="topic">Where all is published.</param>
    /// <param name="payloads">What is published, in turn.</param>
    public static async Task<PlainLoad> ConnectAsync(int port, string topic, IReadOnlyList<byte[]> payloads)
    {
        var subscriber = await OpenAsync(port, "subscriber");
        await ExchangeAsync(subscriber, Packet(0x82, [0, 1, .. Text("#"), 0]), 5);
        var publisher = await OpenAsync(port, "publisher");
        return new PlainLoad(publisher, subscriber, [.. payloads.SelectMany(payload => Packet(0x30, [.. Text(topic), .. payload]))], payloads.Count);
    }

    /// <summary>Publishes as fast as the broker takes it, and waits until all has been delivered.</summary>
    /// <param name="turns">How often all payloads are published.</param>
    /// <returns>How many messages there were.</returns>
    public async Task<int> RunAsync(int turns)
    {
        var receiving = ReceiveAsync((long)turns * _turn.Length);
        for (var turn = 0; turn < turns; turn++)
            await SendAsync(_publisher, _turn);
        await receiving;
        return turns * _messages;
    }

    public void Dispose()
    {
        _publisher.Dispose();
        _subscriber.Dispose();
    }

    // What is delivered with QoS 0 is byte for byte what was published.
    private async Task ReceiveAsync(long count)
    {
        for (var buffer = new byte[1 << 18]; count > 0;)
            count -= await _subscriber.ReceiveAsync(buffer);
    }

    private static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await socket.SendAsync(bytes)..];
    }

    private static async Task<Socket> OpenAsync(int port, string id)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        await ExchangeAsync(socket, Packet(0x10, [.. Text("MQTT"), 4, 2, 0, 0, .. Text(id)]), 4);
        return socket;
    }

    private static async Task ExchangeAsync(Socket socket, byte[] packet, int answer)
    {
        await SendAsync(socket, packet);
        for (var buffer = new byte[answer]; answer > 0;)
            answer -= await socket.ReceiveAsync(buffer.AsMemory(0, answer));
    }

    private static byte[] Text(string text) => [(byte)(text.Length >> 8), (byte)text.Length, .. Encoding.UTF8.GetBytes(text)];

    private static byte[] Packet(byte kind, byte[] body)
    {
        var length = new List<byte>();
        for (var rest = body.Length; rest > 0 || length.Count == 0; rest >>= 7)
            length.Add((byte)(rest > 0x7F ? rest | 0x80 : rest));
        return [kind, .. length, .. body];
    }
}

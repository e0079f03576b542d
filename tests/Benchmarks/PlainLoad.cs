using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Leda.Harness.Benchmarks;

/// <summary>
/// One publisher and one subscriber on plain sockets, MQTT 3.1.1: packets made once, and delivered ones only counted, so that the broker is
/// the limit and not its clients. With QoS 1 the publisher waits while 100 messages are not acknowledged, and the subscriber acknowledges each.
/// </summary>
internal sealed class PlainLoad : IDisposable
{
    private const int Window = 100;

    private readonly Socket _publisher;
    private readonly Socket _subscriber;
    private readonly int _qos;
    private readonly byte[] _packets;
    private readonly int[] _ends; // of each packet

    private PlainLoad(Socket publisher, Socket subscriber, int qos, List<byte[]> packets)
    {
        (_publisher, _subscriber, _qos) = (publisher, subscriber, qos);
        _packets = [.. packets.SelectMany(packet => packet)];
        var end = 0;
        _ends = [.. packets.Select(packet => end += packet.Length)];
    }

    /// <summary>Connects both.</summary>
    /// <param name="port">The broker's.</param>
    /// <param name="qos">0 or 1, of both.</param>
    /// <param name="topic">Where all is published.</param>
    /// <param name="payloads">What is published, in turn.</param>
    public static async Task<PlainLoad> ConnectAsync(int port, int qos, string topic, IReadOnlyList<byte[]> payloads)
    {
        var subscriber = await OpenAsync(port, "subscriber");
        await ExchangeAsync(subscriber, Packet(0x82, [0, 1, .. Text("#"), (byte)qos]), 5);
        var publisher = await OpenAsync(port, "publisher");
        var packets = Enumerable.Range(1, 2 * Window) // so that no packet id is in use twice
            .Select(id => Packet((byte)(0x30 | (qos << 1)), [.. Text(topic), .. qos == 0 ? [] : Id(id), .. payloads[id % payloads.Count]]));
        return new PlainLoad(publisher, subscriber, qos, [.. packets]);
    }

    /// <summary>Publishes as fast as the broker takes it, and waits until all has been delivered.</summary>
    /// <param name="count">How many messages at least.</param>
    /// <returns>How many there were.</returns>
    public async Task<int> RunAsync(int count)
    {
        var turns = (count + _ends.Length - 1) / _ends.Length;
        var receiving = _qos == 0 ? CountAsync((long)turns * _packets.Length) : AcknowledgeAsync(turns * _ends.Length);
        for (var turn = 0; turn < turns; turn++)
            await (_qos == 0 ? SendAsync(_publisher, _packets) : SendInWindowAsync());
        await receiving;
        return turns * _ends.Length;
    }

    public void Dispose()
    {
        _publisher.Dispose();
        _subscriber.Dispose();
    }

    // What is delivered with QoS 0 is byte for byte what was published.
    private async Task CountAsync(long bytes)
    {
        for (var buffer = new byte[1 << 18]; bytes > 0;)
            bytes -= await _subscriber.ReceiveAsync(buffer);
    }

    private async Task SendInWindowAsync()
    {
        const int length = 4; // of an acknowledgement
        var buffer = new byte[Window * length];
        for (int sent = 0, acknowledged = 0; acknowledged < _ends.Length * length;)
        {
            var next = Math.Min(_ends.Length, (acknowledged / length) + Window);
            var from = sent == 0 ? 0 : _ends[sent - 1];
            await SendAsync(_publisher, _packets.AsMemory(from, _ends[next - 1] - from));
            sent = next;
            acknowledged += await _publisher.ReceiveAsync(buffer);
        }
    }

    private async Task AcknowledgeAsync(int count)
    {
        var buffer = new byte[1 << 18];
        var answers = new List<byte>();
        for (var filled = 0; count > 0;)
        {
            filled += await _subscriber.ReceiveAsync(buffer.AsMemory(filled));
            var read = 0;
            answers.Clear();
            while (Length(buffer.AsSpan(read, filled - read), out var id) is > 0 and var length)
            {
                answers.AddRange([0x40, 2, .. Id(id)]);
                read += length;
                count--;
            }

            buffer.AsSpan(read, filled - read).CopyTo(buffer);
            filled -= read;
            await SendAsync(_subscriber, answers.ToArray());
        }
    }

    /// <summary>Length and id of the message that the bytes begin with; 0 if it is not there as a whole.</summary>
    private static int Length(ReadOnlySpan<byte> bytes, out int id)
    {
        id = 0;
        var rest = 0;
        for (var at = 1; at < bytes.Length; at++)
        {
            rest |= (bytes[at] & 0x7F) << (7 * (at - 1));
            if (bytes[at] > 0x7F)
                continue;
            var body = bytes[(at + 1)..];
            if (body.Length < rest)
                return 0;
            id = BinaryPrimitives.ReadUInt16BigEndian(body[(2 + BinaryPrimitives.ReadUInt16BigEndian(body))..]);
            return at + 1 + rest;
        }

        return 0;
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

    private static byte[] Text(string text) => [.. Id(text.Length), .. Encoding.UTF8.GetBytes(text)];

    private static byte[] Id(int number) => [(byte)(number >> 8), (byte)number];

    private static byte[] Packet(byte kind, byte[] body)
    {
        var length = new List<byte>();
        for (var rest = body.Length; rest > 0 || length.Count == 0; rest >>= 7)
            length.Add((byte)(rest > 0x7F ? rest | 0x80 : rest));
        return [kind, .. length, .. body];
    }
}

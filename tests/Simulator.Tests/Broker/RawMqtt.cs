using System.Net.Sockets;
using System.Text;
using Leda.Harness.Protocol.Tests.Messaging;

namespace Leda.Harness.Simulator.Tests.Broker;

/// <summary>MQTT by the byte, for what no well-behaved client does.</summary>
internal sealed class RawMqtt : IAsyncDisposable
{
    private readonly TcpClient _tcp = new();

    /// <summary>Connects a clean session and takes the CONNACK.</summary>
    /// <param name="port">The broker's port.</param>
    /// <param name="version">4 for MQTT 3.1.1, 5 for MQTT 5.</param>
    /// <param name="clientId">The client id; may be empty.</param>
    /// <param name="properties">MQTT 5: the properties of the CONNECT, without their length.</param>
    /// <param name="will">Topic and payload of the will, or null for none.</param>
    public static async Task<RawMqtt> ConnectAsync(
        int port, byte version, string clientId, byte[]? properties = null, (string Topic, string Payload)? will = null)
    {
        var client = await OpenAsync(port);
        properties ??= [];
        byte[] ownProperties = version == 5 ? [(byte)properties.Length, .. properties] : [];
        byte[] ownWill = will is { } w ? [.. version == 5 ? [0] : Array.Empty<byte>(), .. Text(w.Topic), .. Text(w.Payload)] : [];
        var flags = (byte)(will is null ? 0x02 : 0x06);
        await client.SendAsync(0x10, [.. Text("MQTT"), version, flags, 0, 60, .. ownProperties, .. Text(clientId), .. ownWill]);
        var (type, body) = await client.ReadAsync();
        Assert.Equal(0x20, type);
        Assert.Equal(0, body[1]);
        return client;
    }

    /// <summary>Opens a connection without a CONNECT.</summary>
    public static async Task<RawMqtt> OpenAsync(int port)
    {
        var client = new RawMqtt();
        await client._tcp.ConnectAsync("127.0.0.1", port);
        return client;
    }

    /// <summary>A string with its length in front.</summary>
    public static byte[] Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [(byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];
    }

    public async Task SendAsync(byte header, byte[] body)
    {
        Assert.InRange(body.Length, 0, 127);
        await _tcp.GetStream().WriteAsync((byte[])[header, (byte)body.Length, .. body]);
    }

    /// <summary>The next packet: its first byte, and what follows the length.</summary>
    public async Task<(byte Header, byte[] Body)> ReadAsync()
    {
        var head = new byte[2];
        await _tcp.GetStream().ReadExactlyAsync(head).AsTask().WaitAsync(Patience.Span);
        Assert.InRange(head[1], 0, 127);
        var body = new byte[head[1]];
        await _tcp.GetStream().ReadExactlyAsync(body).AsTask().WaitAsync(Patience.Span);
        return (head[0], body);
    }

    /// <summary>Expects this packet next.</summary>
    public async Task ExpectAsync(byte header, byte[] body)
    {
        var packet = await ReadAsync();
        Assert.Equal(header, packet.Header);
        Assert.Equal(body, packet.Body);
    }

    /// <summary>Waits until the broker closes the connection.</summary>
    public async Task ClosedAsync()
    {
        var rest = new byte[128];
        try
        {
            while (await _tcp.GetStream().ReadAsync(rest).AsTask().WaitAsync(Patience.Span) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Reset is closed, too.
        }
    }

    public ValueTask DisposeAsync()
    {
        _tcp.Dispose();
        return ValueTask.CompletedTask;
    }
}

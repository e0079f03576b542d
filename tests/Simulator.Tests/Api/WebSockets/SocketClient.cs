using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Leda.Harness.Official;

namespace Leda.Harness.Simulator.Tests.Api.WebSockets;

/// <summary>A client of <c>/ws/2</c>.</summary>
internal sealed class SocketClient : IDisposable
{
    private byte[] _buffer = new byte[4_096];
    private readonly CancellationTokenSource _net = new(TimeSpan.FromSeconds(30), RealTime.Provider);

    public ClientWebSocket Socket { get; } = new();

    public static async Task<SocketClient> OpenAsync(Uri url, string subject, params string[] declares)
    {
        var client = new SocketClient();
        client.Socket.Options.SetRequestHeader("x-ditto-pre-authenticated", subject);
        client.Socket.Options.SetRequestHeader("declared-acks", $"[{string.Join(',', declares.Select(d => $"\"{d}\""))}]");
        await client.Socket.ConnectAsync(new UriBuilder(url) { Scheme = "ws", Path = "/ws/2" }.Uri, client._net.Token);
        return client;
    }

    public Task SendAsync(string text) => Socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, _net.Token);

    /// <summary>Sends a twin command.</summary>
    public Task CommandAsync(string action, string topic, string path, string? value, string headers = "\"correlation-id\":\"c-1\"") => SendAsync(
        $$"""{"topic":"{{topic}}/things/twin/commands/{{action}}","headers":{{{headers}}},"path":"{{path}}"{{(value is null ? "" : $",\"value\":{value}")}}}""");

    /// <summary>The next frame, which keeps to Ditto's own schemas; <see langword="null"/> when the other side closes.</summary>
    public async Task<string?> NextAsync()
    {
        var frame = await FrameAsync();
        if (frame?.StartsWith('{') == true)
            Assert.Empty(EnvelopeCheck.Problems(frame).Select(problem => $"{problem}: {frame}"));
        return frame;
    }

    private async Task<string?> FrameAsync()
    {
        var length = 0;
        while (true)
        {
            if (length == _buffer.Length)
                Array.Resize(ref _buffer, 2 * length);
            var part = await Socket.ReceiveAsync(_buffer.AsMemory(length), _net.Token);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            length += part.Count;
            if (part.EndOfMessage)
                return Encoding.UTF8.GetString(_buffer, 0, length);
        }
    }

    /// <summary>The next frame, an envelope.</summary>
    public async Task<JsonElement> EnvelopeAsync() => JsonElement.Parse(await NextAsync() ?? throw new EndOfStreamException("the socket was closed"));

    /// <summary>Sends a control message and waits for its acknowledgement.</summary>
    public async Task StartAsync(string control)
    {
        await SendAsync(control);
        Assert.Equal(control.Split('?')[0] + ":ACK", await NextAsync());
    }

    /// <summary>All envelopes that were on their way: those before the acknowledgement of a control message that changes nothing.</summary>
    public async Task<List<JsonElement>> RestAsync()
    {
        await SendAsync("STOP-SEND-POLICY-ANNOUNCEMENTS");
        var rest = new List<JsonElement>();
        while (await NextAsync() is { } frame && frame != "STOP-SEND-POLICY-ANNOUNCEMENTS:ACK")
            rest.Add(JsonElement.Parse(frame));
        return rest;
    }

    public void Dispose()
    {
        Socket.Dispose();
        _net.Dispose();
    }
}

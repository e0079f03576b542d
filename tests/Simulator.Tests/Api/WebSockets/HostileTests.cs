using System.Diagnostics;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Signals;

namespace Leda.Harness.Simulator.Tests.Api.WebSockets;

public sealed class HostileTests(ITestOutputHelper output)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BinaryFrame_IsAnError_AndTheSocketGoesOn()
    {
        await using var world = await SocketWorld.StartAsync();
        var client = await world.OpenAsync();

        await client.Socket.SendAsync(new byte[] { 1, 2, 3 }, WebSocketMessageType.Binary, true, Cancelled);

        Assert.Equal("json.invalid", (await client.EnvelopeAsync()).Text("value", "error"));
        await client.StartAsync("START-SEND-EVENTS");
    }

    [Fact]
    public async Task EmptyFrame_IsAnError_AndTheSocketGoesOn()
    {
        await using var world = await SocketWorld.StartAsync();
        var client = await world.OpenAsync();

        await client.SendAsync("");

        Assert.Equal("json.invalid", (await client.EnvelopeAsync()).Text("value", "error"));
        await client.StartAsync("START-SEND-EVENTS");
    }

    [Fact]
    public async Task CommandInParts_IsExecutedWhenItIsWhole()
    {
        await using var world = await SocketWorld.StartAsync();
        var client = await world.OpenAsync();
        var text = Encoding.UTF8.GetBytes("""{"topic":"ns/t/things/twin/commands/create","path":"/","value":{}}""");

        foreach (var one in text)
            await client.Socket.SendAsync(new[] { one }, WebSocketMessageType.Text, false, Cancelled);
        await client.Socket.SendAsync(ReadOnlyMemory<byte>.Empty, WebSocketMessageType.Text, true, Cancelled);

        Assert.Equal(201, (await client.EnvelopeAsync()).Status());
    }

    [Fact]
    public async Task HalfAFrame_AndThenNothing_LeavesTheOthersAlone()
    {
        await using var world = await SocketWorld.StartAsync();
        var broken = await world.OpenAsync();
        await broken.StartAsync("START-SEND-EVENTS");
        await broken.Socket.SendAsync("{\"topic\":"u8.ToArray(), WebSocketMessageType.Text, false, Cancelled);

        broken.Socket.Abort();
        var other = await world.ListenAsync();
        world.Do("create", "ns:t", "/", "{}");

        Assert.Equal("ns/t/things/twin/events/created", (await other.EnvelopeAsync()).Topic());
    }

    [Fact]
    public async Task FrameOf10Megabytes_ClosesTheSocketAsTooBig()
    {
        await using var world = await SocketWorld.StartAsync();
        var client = await world.OpenAsync();

        await client.SendAsync(new string(' ', 10 << 20));

        Assert.Null(await client.NextAsync());
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, client.Socket.CloseStatus);
    }

    [Fact]
    public async Task BytesThatAreNoWebSocket_EndThatConnectionOnly()
    {
        await using var world = await SocketWorld.StartAsync();
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(world.Url.Host, world.Url.Port, Cancelled);
        var stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            "GET /ws/2 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nx-ditto-pre-authenticated: test:u1\r\n\r\n"), Cancelled);
        var reply = new byte[1024];
        Assert.StartsWith("HTTP/1.1 101", Encoding.ASCII.GetString(reply, 0, await stream.ReadAsync(reply, Cancelled)), StringComparison.Ordinal);

        await stream.WriteAsync(Enumerable.Repeat((byte)0xFF, 4096).ToArray(), Cancelled);
        try
        {
            while (await stream.ReadAsync(reply, Cancelled) > 0)
            {
                // what it says before it hangs up does not matter
            }
        }
        catch (IOException)
        {
            // hung up without a word
        }

        await (await world.OpenAsync()).StartAsync("START-SEND-EVENTS");
    }

    [Fact]
    public async Task JwtToken_IsAnErrorAndCloses()
    {
        await using var world = await SocketWorld.StartAsync();
        var client = await world.OpenAsync();

        await client.SendAsync("JWT-TOKEN?jwtToken=abc");

        Assert.Equal(401, (await client.EnvelopeAsync()).Status());
        Assert.Null(await client.NextAsync());
    }

    [Fact]
    public async Task ClientThatDoesNotRead_MissesSignals_AndIsToldHowMany_AndSoIsTheHub()
    {
        await using var world = await SocketWorld.StartAsync();
        var notes = new Notes();
        world.Signals.Subscribe(notes);
        var client = await world.ListenAsync();
        var text = JsonSerializer.Serialize(new string('x', 50_000));
        var told = 0;

        world.Do("create", "ns:t", "/", "{}");
        for (; notes.Seen.IsEmpty; told++)
            world.Do("modify", "ns:t", "/attributes/a", text);
        for (var i = 0; i < 10; i++, told++)
            world.Do("modify", "ns:t", "/attributes/a", text);

        var (events, missed) = (0, 0);
        while (events + missed < told + 1)
        {
            var envelope = await client.EnvelopeAsync();
            if (envelope.Topic().EndsWith("/errors", StringComparison.Ordinal))
                missed += int.Parse(envelope.Text("value", "message")!.Split(' ')[0]);
            else
                events++;
        }

        Assert.InRange(missed, 11, told);
        var note = Assert.Single(notes.Seen);
        Assert.Equal(("ns/t/things/twin/errors", 429), (note.Topic, note.Status));
    }

    [Fact]
    public async Task ThousandSockets_GetOneChange()
    {
        await using var world = await SocketWorld.StartAsync();
        var clients = new SocketClient[1_000];
        for (var i = 0; i < clients.Length; i += 50)
            await Task.WhenAll(Enumerable.Range(i, 50).Select(async n => clients[n] = await world.ListenAsync()));

        var watch = Stopwatch.StartNew();
        var received = Task.WhenAll(clients.Select(c => c.NextAsync()));
        world.Do("create", "ns:t", "/", "{}");
        var frames = await received;

        output.WriteLine($"to the last of 1,000 sockets: {watch.Elapsed.TotalMilliseconds:0} ms, their clients in this process included");
        Assert.Single(frames.Distinct());
        Assert.Equal("ns/t/things/twin/events/created", JsonElement.Parse(frames[0]!).Topic());
    }

    [Fact]
    public void UnchangedSignal_IsWrittenOnceForAll()
    {
        var envelope = Envelope.Parse("""{"topic":"ns/t/things/twin/events/modified","headers":{},"path":"/attributes/a","value":1}"""u8);
        var signal = new Signal(TopicPath.Parse(envelope.Topic), envelope, null, null);
        Assert.True(Subscription.TryRead(new Dictionary<string, string> { ["filter"] = "eq(attributes/a,1)" }, out var subscription, out _));

        Assert.Same(signal.Utf8, subscription.Serve(signal, Leda.Harness.Simulator.Policies.Enforcer.Everything, default));
    }

    private sealed class Notes : ISignalSubscriber
    {
        public System.Collections.Concurrent.ConcurrentQueue<Envelope> Seen { get; } = [];

        public void Take(Signal signal)
        {
            if (signal.Topic.Criterion == Criterion.Errors)
                Seen.Enqueue(signal.Envelope);
        }
    }
}

using System.Net;
using System.Net.Sockets;
using Leda.Harness.Device.Engines.Containerd.Network;

namespace Leda.Harness.Device.Tests.Engines.Containerd.Network;

/// <summary>Two connections that are one, without a container.</summary>
public sealed class ConnectionTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Join_OneSideHasSaidItsLast_TheOtherStillAnswers()
    {
        using var pipe = await Pipe.OpenAsync();
        await pipe.Client.SendAsync("question"u8.ToArray(), Cancelled);
        pipe.Client.Shutdown(SocketShutdown.Send);

        var question = await ReadAllAsync(pipe.Server);
        await pipe.Server.SendAsync(question.Concat(question).ToArray(), Cancelled);
        pipe.Server.Shutdown(SocketShutdown.Send);

        Assert.Equal("questionquestion"u8.ToArray(), await ReadAllAsync(pipe.Client));
        await pipe.Joined.WaitAsync(EngineWorld.Net, Cancelled);
    }

    [Fact]
    public async Task Join_ServerReadsNothing_ClientHasToWaitAndNothingIsLost()
    {
        using var pipe = await Pipe.OpenAsync();
        var much = new byte[64 * 1024 * 1024];
        for (var i = 0; i < much.Length; i++)
            much[i] = (byte)(i * 31 >> 8);

        var sending = SendAsync();
        while (pipe.Server.Available == 0)
            await Task.Yield();
        Assert.False(sending.IsCompleted);
        var received = await ReadAllAsync(pipe.Server);

        await sending;
        Assert.True(much.AsSpan().SequenceEqual(received));

        async Task SendAsync()
        {
            for (var sent = 0; sent < much.Length;)
                sent += await pipe.Client.SendAsync(much.AsMemory(sent), Cancelled);
            pipe.Client.Shutdown(SocketShutdown.Send);
        }
    }

    [Fact]
    public async Task Join_OneSideIsReset_SoIsTheOther()
    {
        using var pipe = await Pipe.OpenAsync();

        Connection.Abort(pipe.Server);

        var error = await Assert.ThrowsAsync<SocketException>(() => ReadAllAsync(pipe.Client));
        Assert.Equal(SocketError.ConnectionReset, error.SocketErrorCode);
        await pipe.Joined.WaitAsync(EngineWorld.Net, Cancelled);
    }

    [Fact]
    public async Task Join_Cancelled_BothAreReset()
    {
        using var pipe = await Pipe.OpenAsync();

        pipe.Stop.Cancel();

        await pipe.Joined.WaitAsync(EngineWorld.Net, Cancelled);
        await Assert.ThrowsAsync<SocketException>(() => ReadAllAsync(pipe.Client));
        await Assert.ThrowsAsync<SocketException>(() => ReadAllAsync(pipe.Server));
    }

    [Theory]
    [InlineData(null, "0.0.0.0")]
    [InlineData("", "0.0.0.0")]
    [InlineData("0.0.0.0", "0.0.0.0")]
    [InlineData("127.0.0.2", "127.0.0.2")]
    [InlineData("::1", "::1")]
    [InlineData("localhost", "127.0.0.1")]
    [InlineData("no address", "127.0.0.1")]
    public void AddressOf_HostIP_IsThatOrLoopback(string? hostIP, string expected) =>
        Assert.Equal(IPAddress.Parse(expected), PortChoice.AddressOf(hostIP));

    private static async Task<byte[]> ReadAllAsync(Socket socket)
    {
        using var all = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await socket.ReceiveAsync(buffer).WaitAsync(EngineWorld.Net) is > 0 and var count)
            all.Write(buffer, 0, count);
        return all.ToArray();
    }

    /// <summary>A client, a server and the connection between them.</summary>
    private sealed record Pipe(Socket Client, Socket Server, Task Joined, CancellationTokenSource Stop) : IDisposable
    {
        public static async Task<Pipe> OpenAsync()
        {
            var stop = new CancellationTokenSource();
            var (client, near) = await PairAsync();
            var (server, far) = await PairAsync();
            return new Pipe(client, server, Connection.JoinAsync(near, far, stop.Token), stop);
        }

        public void Dispose()
        {
            Stop.Cancel();
            Client.Dispose();
            Server.Dispose();
        }

        private static async Task<(Socket One, Socket Other)> PairAsync()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var one = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await one.ConnectAsync(listener.LocalEndpoint, Cancelled);
            return (one, await listener.AcceptSocketAsync(Cancelled));
        }
    }
}

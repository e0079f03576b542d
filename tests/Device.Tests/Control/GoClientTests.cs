using System.Buffers.Binary;
using System.Text;

namespace Leda.Harness.Device.Tests.Control;

/// <summary>
/// What Go's gRPC sends byte by byte, since .NET's client cannot be made to: the socket's path as <c>:authority</c>, spelled out on the first
/// call and by its place in the header table on the next one.
/// </summary>
public sealed class GoClientTests
{
    private const string ProjectInfo = "/github.com.eclipse_kanto.container_management.containerm.api.services.sysinfo.SystemInfo/ProjectInfo";

    [Theory]
    [InlineData("plain", 0)]
    [InlineData("padded", 7)]
    [InlineData("with priority", -1)]
    public async Task Call_AuthorityIsThePathOfTheSocket_IsAnswered(string how, int padding)
    {
        await using var device = await ControlledDevice.StartAsync();
        await using var go = new GoConnection(await UnixSocket.OpenAsync(device.Socket, TestContext.Current.CancellationToken));
        await go.BeginAsync();

        await go.CallAsync(1, GoConnection.Fields(ProjectInfo, device.Socket), padding);
        var first = await go.AnswerAsync(1);
        // The newest entry of the table of headers is 62, and that is the authority; the path is the one before.
        await go.CallAsync(3, [0x83, 0x86, 0x80 | 63, 0x80 | 62, .. GoConnection.Content], padding);
        var second = await go.AnswerAsync(3);

        Assert.True(first.Length > 5, how);
        Assert.Equal(first, second);
        Assert.Contains("1.0.0", Encoding.UTF8.GetString(first), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_AuthorityIsCompressed_IsAnswered()
    {
        await using var device = await ControlledDevice.StartAsync();
        await using var go = new GoConnection(await UnixSocket.OpenAsync(device.Socket, TestContext.Current.CancellationToken));
        await go.BeginAsync();

        // "/a" in Huffman's code: 011000 00011, filled up with ones.
        await go.CallAsync(1, [0x83, 0x86, .. GoConnection.Literal(4, ProjectInfo), 0x41, 0x82, 0x60, 0x7F, .. GoConnection.Content]);
        var first = await go.AnswerAsync(1);
        await go.CallAsync(3, [0x83, 0x86, 0x80 | 63, 0x80 | 62, .. GoConnection.Content]);

        Assert.True(first.Length > 5);
        Assert.Equal(first, await go.AnswerAsync(3));
    }

    [Fact]
    public async Task Call_ArrivesByteByByte_IsAnswered()
    {
        await using var device = await ControlledDevice.StartAsync();
        await using var go = new GoConnection(await UnixSocket.OpenAsync(device.Socket, TestContext.Current.CancellationToken)) { Dribbles = true };
        await go.BeginAsync();

        await go.CallAsync(1, GoConnection.Fields(ProjectInfo, device.Socket));

        Assert.True((await go.AnswerAsync(1)).Length > 5);
    }

    [Fact]
    public async Task Connection_SpeaksHttp1_IsClosedAndOthersAreServed()
    {
        await using var device = await ControlledDevice.StartAsync();
        await using var stranger = await UnixSocket.OpenAsync(device.Socket, TestContext.Current.CancellationToken);

        await stranger.WriteAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        var rest = new MemoryStream();
        await Record.ExceptionAsync(() => stranger.CopyToAsync(rest, TestContext.Current.CancellationToken)); // closed, or reset

        await device.DoAsync("sysinfo");
    }

    [Fact]
    public async Task Connection_FrameIsTooLong_IsClosedAndOthersAreServed()
    {
        await using var device = await ControlledDevice.StartAsync();
        await using var go = new GoConnection(await UnixSocket.OpenAsync(device.Socket, TestContext.Current.CancellationToken));
        await go.BeginAsync();

        await Record.ExceptionAsync(() => go.CallAsync(1, new byte[1_000_000]));

        await Assert.ThrowsAnyAsync<IOException>(() => go.AnswerAsync(1));
        await device.DoAsync("sysinfo");
    }

    /// <summary>As much of HTTP/2 and gRPC as a client needs for one call after the other.</summary>
    private sealed class GoConnection(Stream stream) : IAsyncDisposable
    {
        /// <summary>Content type and trailers, without a place in the table of headers.</summary>
        public static byte[] Content { get; } = [.. Unindexed("content-type", "application/grpc"), .. Unindexed("te", "trailers")];

        public bool Dribbles { get; init; }

        /// <summary>POST, http, path and authority with a place in the table, and the rest.</summary>
        public static byte[] Fields(string path, string authority) => [0x83, 0x86, .. Literal(4, path), .. Literal(1, authority), .. Content];

        /// <summary>A field of the static table with a value that takes the next place in the other one.</summary>
        public static byte[] Literal(int name, string value) => [(byte)(0x40 | name), .. Text(value)];

        public async Task BeginAsync()
        {
            await WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray());
            await SendAsync(4, 0, 0, []);
        }

        public async Task CallAsync(int id, byte[] headers, int padding = 0)
        {
            var (flags, block) = padding switch
            {
                0 => (0x04, headers),
                < 0 => (0x24, [0, 0, 0, 0, 15, .. headers]),
                _ => (0x0C, (byte[])[(byte)padding, .. headers, .. new byte[padding]]),
            };
            await SendAsync(1, flags, id, block);
            await SendAsync(0, 1, id, new byte[5]); // an empty message, not compressed
        }

        /// <summary>The message of the answer.</summary>
        public async Task<byte[]> AnswerAsync(int id)
        {
            var data = new List<byte>();
            while (true)
            {
                var head = new byte[9];
                await stream.ReadExactlyAsync(head);
                var payload = new byte[(head[0] << 16) | (head[1] << 8) | head[2]];
                await stream.ReadExactlyAsync(payload);
                var stream1 = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5));
                if (head[3] is 3 or 7)
                    throw new IOException($"frame {head[3]} with error {payload[^1]}");
                if (head[3] == 4 && (head[4] & 1) == 0)
                    await SendAsync(4, 1, 0, []);
                if (stream1 != id)
                    continue;
                if (head[3] == 0)
                    data.AddRange(payload);
                if ((head[4] & 1) != 0)
                    return [.. data];
            }
        }

        public ValueTask DisposeAsync() => stream.DisposeAsync();

        private static byte[] Unindexed(string name, string value) => [0, .. Text(name), .. Text(value)];

        private static byte[] Text(string text)
        {
            var bytes = Encoding.ASCII.GetBytes(text);
            return bytes.Length < 127 ? [(byte)bytes.Length, .. bytes] : [127, (byte)(bytes.Length - 127), .. bytes];
        }

        private Task SendAsync(int type, int flags, int id, byte[] payload) => WriteAsync(
            [(byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length, (byte)type, (byte)flags, 0, 0, 0, (byte)id, .. payload]);

        private async Task WriteAsync(byte[] bytes)
        {
            if (!Dribbles)
            {
                await stream.WriteAsync(bytes);
                return;
            }

            foreach (var one in bytes)
            {
                await stream.WriteAsync(new[] { one });
                await Task.Yield();
            }
        }
    }
}

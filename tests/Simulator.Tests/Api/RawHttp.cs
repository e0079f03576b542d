using System.Net.Sockets;
using System.Text;

namespace Leda.Harness.Simulator.Tests.Api;

/// <summary>Speaks HTTP as it is written, for what no client library would send.</summary>
internal static class RawHttp
{
    /// <summary>Sends lines, with <c>Host</c> and <c>Connection: close</c> after the first, and gives back all that comes until the end.</summary>
    public static async Task<string> AskAsync(Uri url, params string[] lines)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(url.Host, url.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        var text = string.Join("\r\n", [lines[0], $"Host: {url.Authority}", "Connection: close", .. lines[1..]]);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}

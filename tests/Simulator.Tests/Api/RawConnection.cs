using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Leda.Harness.Simulator.Tests.Api;

/// <summary>A TCP connection to the API, for bytes that no client library would send.</summary>
internal sealed partial class RawConnection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _net = new(TimeSpan.FromSeconds(30), RealTime.Provider);

    /// <summary>Whether it is open and has nothing to be read.</summary>
    public bool IsIdle => !_socket.Poll(0, SelectMode.SelectRead);

    public static async Task<RawConnection> OpenAsync(Uri url, IPAddress? from = null)
    {
        var connection = new RawConnection();
        if (from is not null)
            connection._socket.Bind(new IPEndPoint(from, 0));
        await connection._socket.ConnectAsync(url.Host, url.Port, connection._net.Token);
        return connection;
    }

    /// <summary>Sends bytes, or as many as the other side takes before it hangs up.</summary>
    public async Task SendAsync(byte[] bytes)
    {
        try
        {
            for (var sent = 0; sent < bytes.Length;)
                sent += await _socket.SendAsync(bytes.AsMemory(sent), _net.Token);
        }
        catch (SocketException)
        {
            // it has hung up; what it said before can still be read
        }
    }

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Says that nothing more is sent.</summary>
    public void EndSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>The next answer; <see langword="null"/> if the other side hangs up instead.</summary>
    /// <exception cref="InvalidDataException">It is not HTTP.</exception>
    public async Task<(int Status, string Head, string Body)?> AnswerAsync()
    {
        var text = "";
        while (text.IndexOf("\r\n\r\n", StringComparison.Ordinal) < 0)
        {
            if (await ReadAsync() is not { } more)
                return text.Length == 0 ? null : throw new InvalidDataException($"half an answer: {text}");
            text += more;
        }

        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var (head, body) = (text[..end], text[(end + 4)..]);
        if (HeadForm().Match(head) is not { Success: true } form)
            throw new InvalidDataException($"no HTTP: {head}");
        var length = LengthForm().Match(head) is { Success: true } given ? int.Parse(given.Groups[1].ValueSpan) : 0;
        while (body.Length < length)
            body += await ReadAsync() ?? throw new InvalidDataException($"half a body: {text}");
        return (int.Parse(form.Groups[1].ValueSpan), head, Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(body[..length])));
    }

    public void Dispose()
    {
        _socket.Dispose();
        _net.Dispose();
    }

    private async Task<string?> ReadAsync()
    {
        var buffer = new byte[4_096];
        try
        {
            var count = await _socket.ReceiveAsync(buffer, _net.Token);
            return count == 0 ? null : Encoding.Latin1.GetString(buffer, 0, count);
        }
        catch (SocketException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^HTTP/1\.1 ([1-5][0-9][0-9]) [^\r\n]*(\r\n[!-9;-~]+:[^\r\n]*)*$")]
    private static partial Regex HeadForm();

    [GeneratedRegex(@"\r\nContent-Length: ([0-9]+)", RegexOptions.IgnoreCase)]
    private static partial Regex LengthForm();
}

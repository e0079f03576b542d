using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace Leda.Harness.Simulator.Tests.Api;

/// <summary>Connections that say nothing, held by a process of their own, so that each of both ends has a limit of open files to itself.</summary>
internal sealed class IdleSockets : IDisposable
{
    /// <summary>The first argument of that process, which is this test program.</summary>
    public const string Mode = "hold-idle-sockets";

    private const string Handshake =
        "GET /ws/2 HTTP/1.1\r\nHost: x\r\nAuthorization: Basic ZGl0dG86ZGl0dG8=\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";

    private readonly Process _process;

    private IdleSockets(Process process) => _process = process;

    /// <summary>Starts the process; all connections are open when this returns.</summary>
    public static async Task<IdleSockets> OpenAsync(Uri url, int count, bool webSockets)
    {
        var held = new IdleSockets(Process.Start(new ProcessStartInfo("dotnet", [typeof(IdleSockets).Assembly.Location, Mode, $"{url}", $"{count}", $"{webSockets}"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!);
        try
        {
            Assert.Equal($"{count}", await held.SaidAsync());
            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Closes all.</summary>
    /// <returns>How many were open until now, and had heard nothing.</returns>
    public async Task<int> CloseAsync()
    {
        _process.StandardInput.Close();
        return int.Parse(await SaidAsync() ?? "0");
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }

    /// <summary>What that process does: opens them, says how many, and holds them until its input ends.</summary>
    public static async Task<int> HoldAsync(Uri url, int count, bool webSockets)
    {
        var open = new ConcurrentBag<RawConnection>();
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 50 }, async (n, _) =>
        {
            // Ports of one address are few; on Linux all of 127.0.0.0/8 is here.
            var connection = await RawConnection.OpenAsync(url, OperatingSystem.IsLinux() ? IPAddress.Parse($"127.0.0.{2 + (n % 8)}") : null);
            open.Add(connection);
            if (!webSockets)
                return;
            await connection.SendAsync(Handshake);
            if (await connection.AnswerAsync() is not { Status: 101 })
                throw new InvalidDataException("no WebSocket");
        });
        await Console.Out.WriteLineAsync($"{open.Count}");
        await Console.In.ReadToEndAsync();
        await Console.Out.WriteLineAsync($"{open.Count(connection => connection.IsIdle)}");
        return 0;
    }

    private Task<string?> SaidAsync() => _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromMinutes(1), RealTime.Provider);
}

using System.Diagnostics;
using System.Threading.Channels;

namespace Leda.Harness.Tests.Cli;

/// <summary>A program under test, run as a user runs it: another process, its lines, its exit code.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    /// <summary>How long anything may take before the test gives up.</summary>
    public static readonly TimeSpan Net = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly SemaphoreSlim _complained = new(0);
    private volatile bool _complainedAll;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    private RunningProgram(string file, IEnumerable<string> arguments)
    {
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(file, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true },
        };
        _process.OutputDataReceived += (_, e) => Take(e.Data);
        _process.ErrorDataReceived += (_, e) =>
        {
            Errors.Enqueue(e.Data ?? "");
            _complainedAll = e.Data is null;
            _complained.Release();
        };
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>What it wrote on its standard error.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<string> Errors { get; } = new();

    /// <summary>The harness's own command.</summary>
    public static RunningProgram Harness(params IEnumerable<string> arguments) =>
        new("dotnet", [Path.Combine(AppContext.BaseDirectory, "leda-harness.dll"), .. arguments]);

    /// <summary>Another program of this machine.</summary>
    public static RunningProgram Other(string file, params IEnumerable<string> arguments) => new(file, arguments);

    /// <summary>The next line on the standard output that matches; <see langword="null"/> if it ends without.</summary>
    public async Task<string?> LineAsync(Func<string, bool> matches)
    {
        using var net = new CancellationTokenSource(Net);
        while (await _lines.Reader.WaitToReadAsync(net.Token))
        {
            while (_lines.Reader.TryRead(out var line))
            {
                if (matches(line))
                    return line;
            }
        }

        return null;
    }

    /// <summary>Waits for a text on the standard error.</summary>
    public async Task ErrorAsync(string text)
    {
        using var net = new CancellationTokenSource(Net);
        while (!Errors.Any(line => line.Contains(text, StringComparison.Ordinal)))
        {
            Assert.False(_complainedAll, $"the program says nothing of '{text}', but: {string.Join('\n', Errors)}");
            await _complained.WaitAsync(net.Token);
        }
    }

    /// <summary>Presses Ctrl+C.</summary>
    public void Interrupt() => Process.Start("kill", ["-INT", $"{_process.Id}"]).WaitForExit();

    /// <summary>Ends it with SIGKILL, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Waits for the end.</summary>
    public async Task<(int ExitCode, string Output, string Error)> EndAsync()
    {
        using var net = new CancellationTokenSource(Net);
        await _process.WaitForExitAsync(net.Token);
        _lines.Writer.TryComplete();
        var output = new List<string>();
        while (_lines.Reader.TryRead(out var line))
            output.Add(line);
        return (_process.ExitCode, string.Join('\n', output), string.Join('\n', Errors).Trim());
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _complained.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null)
            _lines.Writer.TryComplete();
        else
            _lines.Writer.TryWrite(line);
    }
}

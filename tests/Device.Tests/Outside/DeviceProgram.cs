using System.Diagnostics;
using System.Globalization;

namespace Leda.Harness.Device.Tests.Outside;

/// <summary>The device's own program, as a process.</summary>
internal sealed class DeviceProgram : IDisposable
{
    private readonly Process _process;

    private DeviceProgram(Process process) => _process = process;

    public int ExitCode => _process.ExitCode;

    public static DeviceProgram Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Leda.Harness.Device.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new DeviceProgram(Process.Start(start)!);
    }

    /// <summary>Waits for a line of the log.</summary>
    public async Task<string> ReadUntilAsync(string text, CancellationToken cancellationToken)
    {
        while (await _process.StandardError.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
                return line;
        }

        throw new EndOfStreamException($"the program ended without saying '{text}'");
    }

    /// <summary>All that is still to be read, once the program has ended.</summary>
    public async Task<(string Output, string Errors)> EndAsync(CancellationToken cancellationToken)
    {
        var output = _process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = await _process.StandardError.ReadToEndAsync(cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        return (await output, errors);
    }

    /// <summary>Sends SIGTERM or SIGKILL.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Sends SIGKILL at once.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}

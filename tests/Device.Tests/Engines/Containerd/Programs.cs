using System.Diagnostics;

namespace Leda.Harness.Device.Tests.Engines.Containerd;

/// <summary>Programs of the machine that tests use.</summary>
internal static class Programs
{
    private static readonly string[] _folders =
        [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), "/usr/local/sbin", "/usr/sbin", "/sbin"];

    public static string? Find(string name) => _folders.Select(f => Path.Combine(f, name)).FirstOrDefault(File.Exists);

    public static Process Start(string name, params string[] arguments) => Process.Start(new ProcessStartInfo(Find(name)!, arguments)
    {
        UseShellExecute = false,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    /// <summary>Runs a program to its end and gives what it printed.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string name, params string[] arguments)
    {
        using var process = Start(name, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + errors);
    }
}

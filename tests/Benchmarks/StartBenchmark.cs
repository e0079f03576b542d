using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using Leda.Harness.Hosting;

namespace Leda.Harness.Benchmarks;

/// <summary>How long a user, and a test, waits for a world: broker, connector, twins and a device with the demo containers.</summary>
[Config(typeof(OnceEach))]
[MedianColumn]
[MinColumn]
[MaxColumn]
public class StartBenchmark
{
    /// <summary>From the start of the process to the ready line of <c>up</c>, then Ctrl+C; the time after the line does not count.</summary>
    [Benchmark]
    public void ProcessToReadyLine()
    {
        _process = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "leda-harness"), ["up", "--mqtt-port", "0", "--http-port", "0"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        if (_process.StandardOutput.ReadLine()?.StartsWith("ready ", StringComparison.Ordinal) != true)
            throw new InvalidOperationException("no ready line: " + _process.StandardError.ReadToEnd());
    }

    /// <summary>A whole harness in this process, on a free port, started and stopped.</summary>
    [Benchmark]
    public async Task StartAndStopInProcess()
    {
        await using var harness = await LedaHarness.StartAsync(new HarnessOptions { MqttPort = 0 }, Clock.Real);
    }

    /// <summary>The same over the in-memory bus.</summary>
    [Benchmark]
    public async Task StartAndStopInMemory()
    {
        await using var harness = await LedaHarness.StartAsync(new HarnessOptions { InMemory = true }, Clock.Real);
    }

    [IterationCleanup(Target = nameof(ProcessToReadyLine))]
    public void EndProcess()
    {
        _process!.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private Process? _process;
}

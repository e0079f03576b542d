using System.Globalization;
using System.Runtime.InteropServices;
using Leda.Harness.Hosting;
using Leda.Harness.Simulator.Broker;

namespace Leda.Harness.Benchmarks;

/// <summary>
/// Waits for a load generator: <c>broker [--port 1883]</c> is nothing but the embedded broker; <c>harness [--port 1883]</c> has connector,
/// twins, journal and referee around it.
/// </summary>
internal static class BrokerMode
{
    public static async Task RunAsync(string[] args)
    {
        var at = Array.IndexOf(args, "--port");
        var port = at < 0 ? 1883 : int.Parse(args[at + 1], CultureInfo.InvariantCulture);
        var stop = new TaskCompletionSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

        await using IAsyncDisposable running = args[0] == "broker"
            ? await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { Port = port }, Clock.Real)
            : await LedaHarness.StartAsync(new HarnessOptions { MqttPort = port, Device = false }, Clock.Real);
        Console.WriteLine($"listening on port {port}, process {Environment.ProcessId}; Ctrl+C stops");
        await stop.Task;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.TrySetResult();
        }
    }
}

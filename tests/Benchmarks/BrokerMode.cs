using System.Globalization;
using System.Runtime.InteropServices;
using Leda.Harness.Simulator.Broker;

namespace Leda.Harness.Benchmarks;

/// <summary>Runs nothing but the embedded broker, so that a load generator can be aimed at it: <c>broker [--port 1883]</c>.</summary>
internal static class BrokerMode
{
    public static async Task RunAsync(string[] args)
    {
        var at = Array.IndexOf(args, "--port");
        var port = at < 0 ? 1883 : int.Parse(args[at + 1], CultureInfo.InvariantCulture);
        var stop = new TaskCompletionSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

#pragma warning disable RS0030 // the composition root of this program
        await using var broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { Port = port }, TimeProvider.System);
#pragma warning restore RS0030
        Console.WriteLine($"listening on {broker.Url}, process {Environment.ProcessId}; Ctrl+C stops");
        await stop.Task;
        Console.WriteLine($"{broker.Lost} messages lost");

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.TrySetResult();
        }
    }
}

using System.Runtime.InteropServices;
using Leda.Harness.Device;
using Leda.Harness.Device.Control.Verbs;
using Leda.Harness.Device.Engines;
using Leda.Harness.Device.Engines.Containerd;
using Leda.Harness.Device.Options;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Messaging;

const int Misused = 2;

#pragma warning disable RS0030 // This is the composition root, the one place that chooses the clock.
var time = TimeProvider.System;
#pragma warning restore RS0030

var command = new CommandLine().Build(RunAsync);
VerbList.AddTo(command, time);
var parsed = VerbList.Parse(command, args);
if (parsed.CommandResult.Command is Verb)
    return await Verb.InvokeAsync(parsed, new());
if (parsed.Errors is [var error, ..])
    return Refuse(error.Message);
return await parsed.InvokeAsync(new() { ProcessTerminationTimeout = null });

async Task<int> RunAsync(CommandLine.Settings settings)
{
    // Two devices that were given no seed must not have the same client id.
    var seed = settings.Seed ?? (int)time.GetUtcNow().Ticks ^ Environment.ProcessId;
    using var stop = new CancellationTokenSource();
    using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    MqttBusFactory buses;
    try
    {
        buses = new MqttBusFactory(settings.Broker, time);
    }
    catch (ArgumentException e)
    {
        return Refuse(e.Message.Split(" (Parameter")[0]);
    }

    try
    {
        var engine = settings.Containerd is { } containerd ? await ContainerdEngine.ConnectAsync(containerd, time, Log, stop.Token) : null;
        var options = settings.Device with { Containers = settings.Containers.Take(seed), Engine = engine };
        await using var device = await DeviceHost.StartAsync(options, buses, time, new IdSource(seed), Log, stop.Token);
        Console.WriteLine($"ready: {device.Containers.Count} containers on {settings.Broker.OriginalString}, seed {seed}");
        await Task.Delay(Timeout.InfiniteTimeSpan, time, stop.Token);
    }
    catch (OperationCanceledException) when (stop.IsCancellationRequested)
    {
        Log("stopped");
    }
    catch (Exception e) when (e is IOException or UnauthorizedAccessException or EngineException or ArgumentException)
    {
        return Refuse(e.Message.Split(" (Parameter")[0]);
    }

    return 0;

    // The first signal stops the device in good order, the second one ends the program.
    void Stop(PosixSignalContext context)
    {
        context.Cancel = !stop.IsCancellationRequested;
        stop.Cancel();
    }
}

void Log(string line) => Console.Error.WriteLine($"{time.GetUtcNow():HH:mm:ss.fff} {PlainText.Of(line)}");

static int Refuse(string problem)
{
    Console.Error.WriteLine(problem.ReplaceLineEndings(" "));
    return Misused;
}

using System.CommandLine;
using System.Security.Cryptography;
using Leda.Harness.Hosting;
using Leda.Harness.Simulator.Api;
using Leda.Harness.Simulator.Broker;

namespace Leda.Harness.Cli;

/// <summary><c>leda-harness up</c>: starts everything and shows the conversation until Ctrl+C.</summary>
internal static class UpCommand
{
    /// <summary>How long the ready line waits for the own device; with very many containers it comes before them.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    public static Command Create(TimeProvider time)
    {
        var options = new UpOptions();
        var command = new Command("up", "Start broker, cloud connector, twins and a device, and show what they say to each other.");
        foreach (var option in options.All)
            command.Options.Add(option);
        command.Does((parsed, cancellation) => RunAsync(options.Read(parsed, RandomNumberGenerator.GetInt32(int.MaxValue)), time, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(HarnessOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        LedaHarness harness;
        try
        {
            harness = await LedaHarness.StartAsync(options, time, cancellationToken);
        }
        catch (Exception e) when (e is BrokerAddressException or ApiAddressException)
        {
            return CommandLine.Complain(ExitCode.PortUnavailable, e.Message);
        }
        catch (IOException e)
        {
            throw new UsageException($"--data: {e.Message}");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }

        await using (harness)
        {
            if (options is { Device: true, Connector: true })
                await DeviceRegistration.AwaitAsync(harness, options.Identity.DeviceId, _patience, time, cancellationToken);
            if (cancellationToken.IsCancellationRequested)
                return ExitCode.Interrupted;
            Console.WriteLine($"ready mqtt=127.0.0.1:{harness.MqttPort} http={harness.HttpUrl!.OriginalString} device={options.Identity.DeviceId} tenant={options.Identity.TenantId} seed={options.Seed}");
            await ShowUntilStoppedAsync(harness, cancellationToken);
        }

        return ExitCode.Passed;
    }

    private static async Task ShowUntilStoppedAsync(LedaHarness harness, CancellationToken cancellationToken)
    {
        var show = ConversationView.ForConsole();
        var stopped = new TaskCompletionSource();
        await using var registration = cancellationToken.Register(() => stopped.TrySetResult());
        await await Task.WhenAny(stopped.Task, ShowAsync());

        async Task ShowAsync()
        {
            var next = 0L;
            await foreach (var entry in harness.Journal.FollowAsync())
            {
                if (entry.Sequence > next)
                    Console.WriteLine($"… {entry.Sequence - next} more came too fast to be shown");
                show(entry);
                next = entry.Sequence + 1;
            }
        }
    }
}

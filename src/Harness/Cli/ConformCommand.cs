using System.Net.Sockets;
using Leda.Harness.Conformance;
using Leda.Harness.Conformance.Artifacts;
using Leda.Harness.Hosting;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Reports;
using Leda.Harness.Simulator.Broker;
using Leda.Harness.Simulator.Journal;
using Leda.Harness.Simulator.Referee;
using Leda.Harness.Simulator.Referee.Contract;

namespace Leda.Harness.Cli;

/// <summary><c>leda-harness conform</c>: holds a device against its contract and tells what is wrong with it.</summary>
internal static class ConformCommand
{
    public static System.CommandLine.Command Create(TimeProvider time)
    {
        var options = new ConformOptions();
        var command = new System.CommandLine.Command("conform", "Attach to a device, play a suite of requirements against it, and report by requirement.");
        foreach (var option in options.All)
            command.Options.Add(option);
        command.Does((parsed, cancellation) => RunAsync(options.Read(parsed), time, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ConformSettings settings, TimeProvider time, CancellationToken cancellation)
    {
        await using var gate = settings.Coverage;
        settings.Outputs.Probe();
        try
        {
            await using var files = await ArtifactServer.StartAsync(settings.ArtifactAddress);
            var report = settings.Broker is { } broker
                ? await TryThereAsync(settings, broker, files, time, cancellation)
                : await TryHereAsync(settings, files, time, cancellation);
            ConformanceText.Conclude(report, Console.Out);
            settings.Outputs.Write(report);
            var isEnough = gate.Conclude(report.Coverage!, Console.Out);
            return report switch
            {
                { IsInterrupted: true } => ExitCode.Interrupted,
                _ when report.Failures.Any() => ExitCode.Failed,
                { Results.Count: 0 } => ExitCode.NothingRan,
                _ when !isEnough => ExitCode.Failed,
                _ => ExitCode.Passed,
            };
        }
        catch (NoDeviceException e)
        {
            return CommandLine.Complain(ExitCode.Unreachable, e.Message);
        }
        catch (BrokerAddressException e)
        {
            return CommandLine.Complain(ExitCode.PortUnavailable, e.Message);
        }
        catch (Exception e) when (e is SocketException or IOException && e.Source?.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) == true)
        {
            throw new UsageException($"--artifact-address {settings.ArtifactAddress}: {e.Message}");
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    }

    /// <summary>On a broker of our own, which sees everything.</summary>
    private static async Task<ConformanceReport> TryHereAsync(
        ConformSettings settings, IArtifactShelf files, TimeProvider time, CancellationToken cancellation)
    {
        await using var harness = await LedaHarness.StartAsync(settings.Harness with { Device = false, Connector = false }, time, cancellation);
        await using var cloud = await CloudSide.ConnectAsync(
            harness.Bus.Create(new BusOptions { ClientId = CloudSide.Name }), settings.Options.Identity, null, cancellation);
        var where = $"mqtt://127.0.0.1:{harness.MqttPort}";
        Console.WriteLine($"ready mqtt=127.0.0.1:{harness.MqttPort} device={settings.Options.Identity.DeviceId} tenant={settings.Options.Identity.TenantId}");
        if (settings.Harness.Device)
            await harness.StartDeviceAsync(cancellation);
        var device = new DeviceUnderTest(
            settings.Options with { IsAlone = true, SeesTheBroker = true }, cloud, harness.Journal, files, time)
        { Interrupted = cancellation };
        return await PlayAsync(settings, device, where, time);
    }

    /// <summary>On somebody else's broker, of which we are a client.</summary>
    private static async Task<ConformanceReport> TryThereAsync(
        ConformSettings settings, Uri broker, IArtifactShelf files, TimeProvider time, CancellationToken cancellation)
    {
        await using var record = new Journal(new ConversationReferee(new MessageReferee(settings.Harness.Schemas ?? new SchemaCatalogue())), time);
        using var limit = new CancellationTokenSource(settings.Options.Wait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        var bus = new MqttBusFactory(broker, time).Create(new BusOptions
        {
            ClientId = $"{CloudSide.Name}-{new IdSource(settings.Options.Seed).NewUuid()[..8]}",
            UserName = settings.UserName,
            Password = settings.Password,
        });
        CloudSide cloud;
        try
        {
            cloud = await CloudSide.ConnectAsync(bus, settings.Options.Identity, record, either.Token);
        }
        catch (Exception e) when (e is BusException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new NoDeviceException($"no broker: {e.Message}. Is it running, and is the address right?");
        }

        await using (cloud)
        {
            var where = broker.GetLeftPart(UriPartial.Authority);
            Console.WriteLine($"ready {where} device={settings.Options.Identity.DeviceId} tenant={settings.Options.Identity.TenantId}");
            return await PlayAsync(settings, new DeviceUnderTest(settings.Options, cloud, record, files, time) { Interrupted = cancellation }, where, time);
        }
    }

    private static Task<ConformanceReport> PlayAsync(ConformSettings settings, DeviceUnderTest device, string where, TimeProvider time) =>
        new ConformanceRun(settings.Profile, device, time) { Where = where, Coverage = settings.Coverage.Coverage, Show = result => ConformanceText.Show(result, Console.Out) }.PlayAsync();
}

using Leda.Harness.Conformance;
using Leda.Harness.Conformance.Artifacts;
using Leda.Harness.Device;
using Leda.Harness.Device.Containers;
using Leda.Harness.Hosting;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Scenarios.Steps;

namespace Leda.Harness.Tests.Conformance;

/// <summary>Our own device, whole or with a defect, tried in a virtual world.</summary>
internal static class VirtualDevice
{
    private static readonly ConformanceOptions _options = new()
    {
        Identity = HarnessOptions.FoundingIdentity,
        Destructive = true,
        IsAlone = true,
        SeesTheBroker = true,
    };

    /// <summary>Plays the whole suite.</summary>
    public static ConformanceReport Try(Defect? defect = null, Func<ConformanceOptions, ConformanceOptions>? change = null) => VirtualWorld.Run(async time =>
    {
        var options = (change ?? (o => o))(_options);
        await using var harness = await LedaHarness.StartAsync(new HarnessOptions { InMemory = true, Device = false, Connector = false }, time);
        await using var cloud = await CloudSide.ConnectAsync(harness.Bus.Create(new BusOptions { ClientId = CloudSide.Name }), options.Identity, null, default);
        var files = new OfferedFiles();
        IBusFactory bus = defect is null ? harness.Bus : new FaultyBusFactory(harness.Bus, defect, time);
        await using var device = await DeviceHost.StartAsync(
            new DeviceOptions { Containers = DemoContainers.All, Artifacts = files }, bus, time, new IdSource(7), _ => { });
        var tried = new DeviceUnderTest(options, cloud, harness.Journal, new Shelf(files), time);
        return await new ConformanceRun(ConformanceProfile.All["kanto-containers"], tried, time).PlayAsync();
    });

    private sealed class Shelf(OfferedFiles files) : IArtifactShelf
    {
        public string Offer(string file, string content)
        {
            files.Offer(file, content);
            return OfferedFiles.Address(file);
        }

        public string Missing(string file) => OfferedFiles.Address(file);
    }
}

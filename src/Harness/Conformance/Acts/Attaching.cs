using Leda.Harness.Protocol.Hono;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Simulator.Journal;
using Leda.Harness.Simulator.Referee;

namespace Leda.Harness.Conformance.Acts;

/// <summary>The device comes, or is there already, and registers.</summary>
internal static class Attaching
{
    /// <summary>The policy by which a device that knows its identity already is made to register anew.</summary>
    public const string Policy = "conform:attached";

    private static readonly TimeSpan _moment = TimeSpan.FromSeconds(2);

    /// <summary>From the beginning of the record until the device takes commands.</summary>
    public static Act<Scene> Act { get; } = new("attach", PlayAsync) { IsFirst = true };

    /// <summary>Waits until the three features are registered.</summary>
    public static async Task RegisteredAsync(DeviceUnderTest device, long from)
    {
        foreach (var feature in (string[])[ContainerFactory.FeatureId, "SoftwareUpdatable", Protocol.Kanto.Metrics.FeatureId])
            await device.AwaitAsync(from, m => m.IsWhole && m.Feature == feature);
    }

    private static async Task<Scene> PlayAsync(DeviceUnderTest device)
    {
        if (await device.AwaitAsync(0, IsRegistration, _moment) is null)
        {
            await device.AnnounceAsync(device.Cloud.Identity);
            if (await device.AwaitAsync(0, IsRegistration, _moment) is null)
                await device.AnnounceAsync(device.Cloud.Identity with { PolicyId = Policy });
        }

        if (await device.AwaitAsync(0, IsRegistration, device.Options.Wait) is null)
        {
            if (device.Cloud.Rival is null && device.Options.Only.Count == 0 && device.Said().Any())
                return new Scene(); // it is there, and registers wrongly: a requirement says so
            throw new NoDeviceException(Explain(device));
        }

        await RegisteredAsync(device, 0);
        if (device.Options.SeesTheBroker)
            await device.Record.FirstAsync(e => IsListening(device, e), 0, device.Options.Limit, device.Interrupted);
        await device.QuietAsync();
        return new Scene();
    }

    /// <summary>Whether somebody begins to listen to the commands of the device's thing.</summary>
    public static bool IsListening(DeviceUnderTest device, JournalEntry entry) =>
        entry.Kind == JournalKind.Subscribe && entry.Topic == DeviceTopic.CommandFilter(device.Thing.ToString());

    private static bool IsRegistration(DeviceMessage message) => message.IsWhole;

    private static string Explain(DeviceUnderTest device)
    {
        var asked = device.Record.Snapshot().Any(e => e.Kind == JournalKind.Publish && e.Topic == EdgeTopics.ThingRequest);
        var heard = device.Record.Snapshot().Where(e => e.Kind == JournalKind.Publish && e.Who != CloudSide.Name).Select(e => e.Topic).Distinct().Take(3).ToList();
        var wait = $"no device has registered {device.Thing} within {device.Options.Wait.TotalSeconds:0} s";
        if (device.Cloud.Rival is { } rival)
            return $"{wait}. Another connector on this broker announces {rival}: stop it, or give its identity with --device-id and --tenant.";
        if (device.Said().SelectMany(m => m.Entry.Judgement.Findings.Select(f => (Finding: f, m.Entry))).FirstOrDefault(f => f.Finding.Severity == Severity.Error) is { Entry: { } entry } wrong)
            return $"{wait}, but something is wrong with what was published on {entry.Topic}: {wrong.Finding}.";
        if (asked)
            return $"{wait}. Somebody asked on edge/thing/request and was told the identity, but published no feature on e/{device.Cloud.Identity.TenantId}/{device.Thing}: look into the device's log.";
        return heard.Count == 0
            ? $"{wait}, and nothing at all was heard. Is the device connected to this broker, and is its things client enabled?"
            : $"{wait}, but there was something on {string.Join(", ", heard)}. Is it the right kind of device?";
    }
}

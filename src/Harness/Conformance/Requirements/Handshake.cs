using Leda.Harness.Conformance.Acts;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Simulator.Journal;
using Leda.Harness.Simulator.Referee;

namespace Leda.Harness.Conformance.Requirements;

/// <summary>HS: how a device learns who it is, and what it does about it.</summary>
internal static class Handshake
{
    private static readonly Act<Scene> _identical = new("identical announcement", async device =>
    {
        await device.AnnounceAsync(device.Cloud.Identity);
        await device.QuietAsync();
        return new Scene();
    });

    private static readonly Act<Scene> _changedPolicy = new("changed policy", async device =>
    {
        var from = await device.NowAsync();
        await device.AnnounceAsync(device.Cloud.Identity with { PolicyId = "conform:changed" });
        await Attaching.RegisteredAsync(device, from);
        await device.QuietAsync();
        return new Scene();
    });

    private static readonly Act<Scene> _otherTenant = new("other tenant", device => ChangeAsync(device, i => i with { TenantId = $"{i.TenantId}-conform" }));

    private static readonly Act<Scene> _otherDevice = new("other device", device => ChangeAsync(device, i => i with { DeviceId = $"{i.DeviceId}-conform" }));

    private static readonly Act<OperationScene> _commanded = new("command to the other device", async device =>
    {
        await device.SeeAsync(_otherDevice);
        var exchange = await device.InvokeAsync(ContainerFactory.FeatureId, "conform-unknown");
        return new OperationScene(exchange, "");
    });

    private static readonly Act<Scene> _back = new("back", async device =>
    {
        var from = await device.NowAsync();
        await device.AnnounceAsync(device.Options.Identity);
        await Attaching.RegisteredAsync(device, from);
        await device.QuietAsync();
        return new Scene();
    });

    /// <summary>What all others need.</summary>
    public static Requirement Registers { get; } = new("HS-00", "A device registers its features, each with a Ditto command modify on its path.", Kanto.Section("1.5"))
    {
        Rules = [""],
        Play = RegistersAsync,
    };

    /// <summary>What can be seen when it comes.</summary>
    public static IEnumerable<Requirement> First =>
    [
        new("HS-01", "A device that connects asks who it is on edge/thing/request.", Kanto.Section("1.3")) { Play = AsksAsync },
        new("HS-02", "It asks once and waits; it does not ask again while it is connected.", Kanto.Section("1.3")) { NeedsTheBroker = true, Needs = ["HS-01"], Play = AsksOnceAsync },
        new("HS-03", "It subscribes to commands only when all features are registered.", Kanto.Section("1.5")) { NeedsTheBroker = true, Play = FeaturesFirstAsync },
    ];

    /// <summary>What it does when it is told again.</summary>
    public static IEnumerable<Requirement> Again =>
    [
        new("HS-04", "An announcement that says the same once more changes nothing: nothing is published.", Kanto.Section("1.4")) { Play = IgnoresIdenticalAsync },
        new("HS-05", "An announcement with another policy makes it register all features anew.", Kanto.Section("1.4")) { Play = RegistersAnewAsync },
        new("HS-10", "An announcement makes it register each feature once.", Kanto.Section("1.4")) { Needs = ["HS-05"], Play = RegistersOnceAsync },
    ];

    /// <summary>What it does when it becomes somebody else.</summary>
    public static IEnumerable<Requirement> Last =>
    [
        new("HS-06", "An announcement with another tenant makes it register under that tenant.", Kanto.Section("1.4")) { Needs = ["HS-05"], Play = FollowsTenantAsync },
        new("HS-07", "An announcement with another device id makes it register the other thing.", Kanto.Section("1.4"))
        {
            IsDestructive = true, Needs = ["HS-05"], Play = FollowsDeviceAsync,
        },
        new("HS-08", "It then takes the commands of the other thing.", Kanto.Section("1.4")) { IsDestructive = true, Needs = ["HS-07", "ER-01"], Play = TakesCommandsAsync },
        new("HS-09", "It becomes itself again when it is told so.", Kanto.Section("1.4")) { Needs = ["HS-05"], Play = ComesBackAsync },
    ];

    private static async Task RegistersAsync(Trial trial)
    {
        var scene = await trial.SeeAsync(Attaching.Act);
        var said = trial.Device.Said(0, scene.To).ToList();
        if (said.Exists(m => m.IsWhole))
            return;
        var fault = said.SelectMany(m => m.Entry.Judgement.Findings).Where(f => f.Severity == Severity.Error).Select(f => $"{f}").FirstOrDefault();
        var first = said[0];
        throw new NotMetException(
            "<namespace>/<device>:edge:containers/things/twin/commands/modify on /features/<feature>",
            fault ?? (first.Envelope is { } envelope ? $"{envelope.Topic} on {envelope.Path}" : $"no envelope on {first.Entry.Topic}"),
            [.. said.Select(m => m.Entry)]);
    }

    private static async Task AsksAsync(Trial trial)
    {
        var scene = await trial.SeeAsync(Attaching.Act);
        var asked = Requests(trial, scene.To).Any();
        if (!asked && !trial.Device.Options.SeesTheBroker)
            throw new NotApplicableException("the device was connected before the suite came");
        Trial.Expect(asked, "a message on edge/thing/request", "none");
    }

    private static async Task AsksOnceAsync(Trial trial)
    {
        var scene = await trial.SeeAsync(Attaching.Act);
        var twice = Requests(trial, scene.To).GroupBy(e => e.Who).FirstOrDefault(g => g.Count() > Connections(trial, scene.To, g.Key));
        Trial.Expect(twice is null, "one request for each connection", $"{twice?.Count()} requests", [.. twice ?? Enumerable.Empty<JournalEntry>()]);
    }

    private static async Task FeaturesFirstAsync(Trial trial)
    {
        var scene = await trial.SeeAsync(Attaching.Act);
        var listening = trial.Device.Record.Snapshot().FirstOrDefault(e => Attaching.IsListening(trial.Device, e));
        Trial.Expect(listening is not null, $"a subscription to command//{trial.Device.Thing}/req/#", "none");
        var late = trial.Device.Said(0, scene.To).GroupBy(m => m.Feature)
            .Where(g => g.Key is ContainerFactory.FeatureId or "SoftwareUpdatable" or "Metrics" && g.Any(m => m.IsWhole))
            .FirstOrDefault(g => g.First(m => m.IsWhole).Entry.Sequence > listening.Sequence);
        Trial.Expect(late is null, "the registration of all features before the subscription", $"{late?.Key} registered after it", listening);
    }

    private static async Task IgnoresIdenticalAsync(Trial trial)
    {
        var scene = await trial.SeeAsync(_identical);
        var again = trial.Device.Said(scene.From, scene.To).Where(m => m.IsWhole).ToList();
        Trial.Expect(again.Count == 0, "nothing", $"{again.Count} features registered anew", [.. again.Select(m => m.Entry)]);
    }

    private static async Task RegistersAnewAsync(Trial trial)
    {
        var scene = await trial.SeeAsync(_changedPolicy);
        var before = Registered(trial, 0, (await trial.Device.SeeAsync(Attaching.Act)).To);
        var missing = before.Except(Registered(trial, scene.From, scene.To)).Where(f => ContainerFeature.ContainerOf(f) is null).ToList();
        Trial.Expect(missing.Count == 0, $"the registration of {string.Join(", ", before)}", $"none of {string.Join(", ", missing)}");
    }

    private static async Task RegistersOnceAsync(Trial trial)
    {
        var scene = await trial.SeeAsync(_changedPolicy);
        var twice = trial.Device.Said(scene.From, scene.To).Where(m => m.IsWhole && m.Container is null).GroupBy(m => m.Feature).FirstOrDefault(g => g.Count() > 1);
        Trial.Expect(twice is null, "one registration of each feature", $"{twice?.Count()} of {twice?.Key}", [.. twice?.Select(m => m.Entry) ?? []]);
    }

    private static async Task FollowsTenantAsync(Trial trial)
    {
        var scene = await trial.SeeAsync(_otherTenant);
        var tenant = trial.Device.Cloud.Identity.TenantId;
        Trial.Expect(
            trial.Device.Said(scene.From, scene.To).Any(m => m.IsWhole && m.Topic?.Tenant == tenant), $"features on e/{tenant}/…", Seen(trial, scene));
    }

    private static async Task FollowsDeviceAsync(Trial trial)
    {
        var scene = await trial.SeeAsync(_otherDevice);
        var thing = trial.Device.Thing;
        Trial.Expect(
            trial.Device.Said(scene.From, scene.To).Any(m => m.IsWhole && m.Envelope!.Topic.Contains($"/{thing.Name}/", StringComparison.Ordinal)),
            $"features of {thing}", Seen(trial, scene));
    }

    private static async Task TakesCommandsAsync(Trial trial)
    {
        var scene = await trial.SeeAsync(_commanded);
        Trial.Expect(scene.Exchange.Answer is not null, $"an answer to a command for {trial.Device.Thing}", "none");
    }

    private static async Task ComesBackAsync(Trial trial)
    {
        var scene = await trial.SeeAsync(_back);
        Trial.Expect(Registered(trial, scene.From, scene.To).Count > 0, $"features of {trial.Device.Thing}", Seen(trial, scene));
    }

    private static async Task<Scene> ChangeAsync(DeviceUnderTest device, Func<GatewayIdentity, GatewayIdentity> change)
    {
        var from = await device.NowAsync();
        await device.AnnounceAsync(change(device.Options.Identity));
        await Attaching.RegisteredAsync(device, from);
        if (device.Options.SeesTheBroker)
            await device.Record.FirstAsync(e => Attaching.IsListening(device, e), 0, device.Options.Limit, device.Interrupted);
        await device.QuietAsync();
        return new Scene();
    }

    private static IEnumerable<JournalEntry> Requests(Trial trial, long to) =>
        trial.Device.Record.Snapshot().Where(e => e.Sequence < to && e.Kind == JournalKind.Publish && e.Topic == EdgeTopics.ThingRequest);

    private static int Connections(Trial trial, long to, string who) =>
        Math.Max(1, trial.Device.Record.Snapshot().Count(e => e.Sequence < to && e.Kind == JournalKind.Connect && e.Who == who));

    private static List<string> Registered(Trial trial, long from, long to) =>
        [.. trial.Device.Said(from, to).Where(m => m.IsWhole).Select(m => m.Feature!).Distinct()];

    private static string Seen(Trial trial, Scene scene) =>
        trial.Device.Said(scene.From, scene.To).FirstOrDefault() is { } first ? $"{first.Entry.Topic} {first.Envelope?.Topic}" : "nothing";
}

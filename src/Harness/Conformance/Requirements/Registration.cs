using Leda.Harness.Conformance.Acts;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Conformance.Requirements;

/// <summary>FE: which features the device registers.</summary>
internal static class Registration
{
    private const string Software = "SoftwareUpdatable";

    /// <summary>All of them.</summary>
    public static IEnumerable<Requirement> All =>
    [
        Registered("FE-01", ContainerFactory.FeatureId, "3.1"),
        Registered("FE-02", Software, "3.4"),
        Registered("FE-03", "Metrics", "3.3"),
        Defined("FE-04", ContainerFactory.FeatureId, ContainerFactory.Definition, "FE-01"),
        Defined("FE-05", Software, "org.eclipse.hawkbit.swupdatable:SoftwareUpdatable:2.0.0", "FE-02"),
        Defined("FE-06", "Metrics", "com.bosch.iot.suite.edge.metric:Metrics:1.0.0", "FE-03"),
        new("FE-07", "ContainerFactory is registered after the containers.", Kanto.Section("1.6")) { Needs = ["FE-01"], Play = FactoryLastAsync },
        new("FE-08", "SoftwareUpdatable says that it installs oci:container.", Kanto.Section("3.4")) { Needs = ["FE-02"], Rules = ["schema/software-updatable"], Play = InstallsContainersAsync },
        new("FE-09", "SoftwareUpdatable lists each registered container, and no other, as installed.", Kanto.Section("3.4.6")) { Needs = ["FE-02"], Play = ListsContainersAsync },
    ];

    private static Requirement Registered(string id, string feature, string section) =>
        new(id, $"The feature {feature} is registered.", Kanto.Section(section))
        {
            Play = async trial =>
            {
                var seen = (await WholesAsync(trial)).Select(m => m.Feature).Distinct().ToList();
                Trial.Expect(seen.Contains(feature), $"the feature {feature}", seen.Count == 0 ? "none" : string.Join(", ", seen));
            },
        };

    private static Requirement Defined(string id, string feature, string definition, string needs) =>
        new(id, $"The definition of {feature} is {definition}.", Kanto.Section("8"))
        {
            Needs = [needs],
            Rules = ["schema/"],
            Play = async trial =>
            {
                _ = await WholesAsync(trial);
                trial.ExpectAll(trial.Device.Said().Where(m => m.IsWhole && m.Feature == feature), $"registrations of {feature}", $"[\"{definition}\"]", m => Undefined(m, definition));
            },
        };

    /// <summary>What is wrong with a feature's definition.</summary>
    public static string? Undefined(DeviceMessage message, string definition) =>
        Json.Elements(Json.At(message.Value, "definition")).Select(d => Json.Text(d)).SequenceEqual([definition])
            ? null
            : Json.Show(Json.At(message.Value, "definition"));

    private static async Task FactoryLastAsync(Trial trial)
    {
        var wholes = await WholesAsync(trial);
        if (wholes.All(m => m.Container is null))
            throw new NotApplicableException("the device has no containers");
        var factory = wholes.First(m => m.Feature == ContainerFactory.FeatureId);
        var first = wholes.GroupBy(m => m.Feature).Select(g => g.First());
        var late = first.FirstOrDefault(m => m.Container is not null && m.Entry.Sequence > factory.Entry.Sequence);
        Trial.Expect(late is null, "each container before ContainerFactory", $"{late?.Feature} after it", factory.Entry);
    }

    private static async Task InstallsContainersAsync(Trial trial)
    {
        _ = await WholesAsync(trial);
        trial.ExpectAll(
            trial.Device.Said().Where(m => m is { IsWhole: true, Feature: Software }), "registrations", "softwareModuleType \"oci:container\"",
            m => Json.Text(m.Value, "properties", "status", "softwareModuleType") is "oci:container" ? null : Json.Show(Json.At(m.Value, "properties", "status", "softwareModuleType")));
    }

    private static async Task ListsContainersAsync(Trial trial)
    {
        var wholes = await WholesAsync(trial);
        var software = wholes.First(m => m.Feature == Software);
        var listed = Json.Members(software.Dependencies).Select(d => Json.Text(d.Value, "name")).Order(StringComparer.Ordinal).ToList();
        var registered = wholes.Select(m => m.Container).Where(c => c is not null).Distinct().Order(StringComparer.Ordinal).ToList();
        Trial.Expect(listed.SequenceEqual(registered), $"{registered.Count} containers by their ids", $"{listed.Count}: {string.Join(", ", listed)}", software.Entry);
    }

    private static async Task<List<DeviceMessage>> WholesAsync(Trial trial)
    {
        var scene = await trial.SeeAsync(Attaching.Act);
        return [.. trial.Device.Said(0, scene.To).Where(m => m.IsWhole)];
    }
}

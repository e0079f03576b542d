using System.Text.Json;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Protocol.HawkBit;

/// <summary>The feature that lists what software a device has, and changes it (<c>payloads.md</c> 2).</summary>
public static class SoftwareUpdatable
{
    /// <summary>The feature's id, by convention.</summary>
    public const string FeatureId = "SoftwareUpdatable";

    /// <summary>The feature's definition.</summary>
    public const string Definition = "org.eclipse.hawkbit.swupdatable:SoftwareUpdatable:2.0.0";

    /// <summary>The kind of software that Kanto's container management handles.</summary>
    public const string ContainerModuleType = "oci:container";

    /// <summary>Where the inventory stands below <c>properties</c>.</summary>
    public const string InstalledDependenciesPath = "status/installedDependencies";

    /// <summary>Where the latest <see cref="OperationStatus"/> stands below <c>properties</c>.</summary>
    public const string LastOperationPath = "status/lastOperation";

    /// <summary>Where the latest failure stands below <c>properties</c>; written right before the equal one at <see cref="LastOperationPath"/>.</summary>
    public const string LastFailedOperationPath = "status/lastFailedOperation";

    /// <summary>
    /// The inventory as a JSON object with alphabetically sorted keys, as Go writes maps; JSON <c>null</c> when it is empty, as the
    /// original sends it after the last container has gone.
    /// </summary>
    public static JsonElement InstalledDependencies(IEnumerable<DependencyDescription> dependencies)
    {
        var sorted = dependencies.OrderBy(d => d.Key, StringComparer.Ordinal).ToList();
        return JsonText.Build(writer =>
        {
            if (sorted.Count == 0)
                writer.WriteNullValue();
            else
                Write(writer, sorted);
        });
    }

    /// <summary>The feature's <c>status</c> property as it is registered: the inventory is left out when it is empty.</summary>
    public static JsonElement Status(IEnumerable<DependencyDescription> dependencies)
    {
        var inventory = InstalledDependencies(dependencies);
        return JsonText.Build(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("softwareModuleType", ContainerModuleType);
            if (inventory.ValueKind != JsonValueKind.Null)
            {
                writer.WritePropertyName("installedDependencies");
                inventory.WriteTo(writer);
            }

            writer.WriteEndObject();
        });
    }

    private static void Write(Utf8JsonWriter writer, List<DependencyDescription> sorted)
    {
        writer.WriteStartObject();
        foreach (var dependency in sorted)
        {
            writer.WritePropertyName(dependency.Key);
            JsonSerializer.SerializeToElement(dependency, HawkBitJson.Default.DependencyDescription).WriteTo(writer);
        }

        writer.WriteEndObject();
    }
}

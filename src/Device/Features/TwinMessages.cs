using System.Text.Json;
using Leda.Harness.Device.Containers;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.HawkBit;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Features;

/// <summary>What the agent tells its twin (<c>kanto-container-management.md</c> 2.3 and 4).</summary>
internal static class TwinMessages
{
    private static readonly DittoHeaders _headers = DittoHeaders.Of(responseRequired: false);

    /// <summary>The factory exists.</summary>
    public static Envelope Factory(ThingId thing) =>
        Feature(thing, ContainerFactory.FeatureId, ContainerFactory.Definition, status: null);

    /// <summary>Metrics can be asked for.</summary>
    public static Envelope Metrics(ThingId thing) =>
        Feature(thing, Protocol.Kanto.Metrics.FeatureId, Protocol.Kanto.Metrics.Definition, status: null);

    /// <summary>Software can be installed, and this is there already.</summary>
    public static Envelope Software(ThingId thing, IEnumerable<Container> containers) =>
        Feature(thing, SoftwareUpdatable.FeatureId, SoftwareUpdatable.Definition, SoftwareUpdatable.Status(containers.Select(Dependency)));

    /// <summary>This software is there now.</summary>
    public static Envelope Installed(ThingId thing, IEnumerable<Container> containers) => Modify(
        thing,
        ResourcePath.Property(SoftwareUpdatable.FeatureId, SoftwareUpdatable.InstalledDependenciesPath),
        SoftwareUpdatable.InstalledDependencies(containers.Select(Dependency)));

    /// <summary>An operation on software has come this far.</summary>
    /// <param name="thing">The thing.</param>
    /// <param name="path"><see cref="SoftwareUpdatable.LastOperationPath"/> or <see cref="SoftwareUpdatable.LastFailedOperationPath"/>.</param>
    /// <param name="status">How far.</param>
    public static Envelope Operation(ThingId thing, string path, OperationStatus status) => Modify(
        thing,
        ResourcePath.Property(SoftwareUpdatable.FeatureId, path),
        JsonSerializer.SerializeToElement(status, HawkBitJson.Default.OperationStatus));

    /// <summary>A container exists and is like this.</summary>
    public static Envelope Whole(ThingId thing, Container container) => Feature(
        thing,
        ContainerFeature.Id(container.Id),
        ContainerFeature.Definition,
        JsonSerializer.SerializeToElement(container.ToStatus(), KantoJson.Default.ContainerStatus));

    /// <summary>A container does this now.</summary>
    public static Envelope State(ThingId thing, Container container) => Modify(
        thing,
        ResourcePath.Property(ContainerFeature.Id(container.Id), "status/state"),
        JsonSerializer.SerializeToElement(container.State, KantoJson.Default.ContainerState));

    /// <summary>A container has this name now.</summary>
    public static Envelope Name(ThingId thing, Container container) =>
        Modify(thing, ResourcePath.Property(ContainerFeature.Id(container.Id), "status/name"), JsonText.String(container.Name));

    /// <summary>A container is run like this now.</summary>
    public static Envelope Config(ThingId thing, Container container) => Modify(
        thing,
        ResourcePath.Property(ContainerFeature.Id(container.Id), "status/config"),
        JsonSerializer.SerializeToElement(container.Config, KantoJson.Default.ContainerConfig));

    /// <summary>A container is gone.</summary>
    public static Envelope Gone(ThingId thing, string containerId) => new()
    {
        Topic = TopicPath.TwinCommand(thing, "delete").ToString(),
        Headers = _headers,
        Path = ResourcePath.Feature(ContainerFeature.Id(containerId)).ToString(),
    };

    private static DependencyDescription Dependency(Container container) => DependencyDescription.Of(container.ImageRef, container.Id);

    private static Envelope Feature(ThingId thing, string id, string definition, JsonElement? status) => Modify(
        thing,
        ResourcePath.Feature(id),
        JsonText.Build(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("definition");
            writer.WriteStringValue(definition);
            writer.WriteEndArray();
            if (status is { } properties)
            {
                writer.WriteStartObject("properties");
                writer.WritePropertyName("status");
                properties.WriteTo(writer);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }));

    private static Envelope Modify(ThingId thing, ResourcePath path, JsonElement value) => new()
    {
        Topic = TopicPath.TwinCommand(thing, "modify").ToString(),
        Headers = _headers,
        Path = path.ToString(),
        Value = value,
    };
}

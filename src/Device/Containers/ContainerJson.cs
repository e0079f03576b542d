using System.Text.Json.Serialization;

namespace Leda.Harness.Device.Containers;

/// <summary>JSON of the state on disk. Zero values are written, so that a file says everything.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true,
    WriteIndented = true)]
[JsonSerializable(typeof(Container))]
internal sealed partial class ContainerJson : JsonSerializerContext;

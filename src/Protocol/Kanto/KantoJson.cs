using System.Text.Json.Serialization;

namespace Leda.Harness.Protocol.Kanto;

/// <summary>
/// JSON of the container payloads: member names in camel case, read ignoring case as Go does, zero values left out.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(ContainerStatus))]
[JsonSerializable(typeof(CreateArguments))]
[JsonSerializable(typeof(StopArguments))]
[JsonSerializable(typeof(UpdateArguments))]
[JsonSerializable(typeof(MetricsRequest))]
[JsonSerializable(typeof(MetricsData))]
public sealed partial class KantoJson : JsonSerializerContext;

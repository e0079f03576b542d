using System.Text.Json.Serialization;

namespace Leda.Harness.Protocol.HawkBit;

/// <summary>JSON of the software update payloads: member names in camel case, read ignoring case as Go does, absent members left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DependencyDescription))]
[JsonSerializable(typeof(OperationStatus))]
[JsonSerializable(typeof(SoftwareRemoveAction))]
[JsonSerializable(typeof(SoftwareUpdateAction))]
public sealed partial class HawkBitJson : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace Leda.Harness.Protocol.Updates;

/// <summary>JSON of the update payloads: member names in camel case, read ignoring case as Go does, empty members left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(UpdateEnvelope))]
[JsonSerializable(typeof(DesiredState))]
[JsonSerializable(typeof(DesiredStateCommand))]
[JsonSerializable(typeof(DesiredStateFeedback))]
[JsonSerializable(typeof(Inventory))]
public sealed partial class UpdatesJson : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace Leda.Harness.Simulator.Referee.Contract;

/// <summary>An <c>index.json</c>, ours or a user's. A user's says no more than it adds.</summary>
/// <param name="Schemas">The payloads.</param>
/// <param name="Shared">Files with definitions that others refer to.</param>
/// <param name="Families">The features.</param>
/// <param name="Description">What the folder is about.</param>
internal sealed record SchemaIndex(
    IReadOnlyList<SchemaEntry> Schemas, IReadOnlyList<string>? Shared = null, IReadOnlyList<SchemaFamily>? Families = null, string? Description = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SchemaIndex))]
internal sealed partial class SchemaIndexJson : JsonSerializerContext;

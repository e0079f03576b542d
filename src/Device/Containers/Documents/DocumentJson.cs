using System.Text.Json.Serialization;

namespace Leda.Harness.Device.Containers.Documents;

/// <summary>JSON of container documents: snake case, read in any case, what is absent written as <c>null</c> but where said otherwise.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(ContainerDocument))]
internal sealed partial class DocumentJson : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace Leda.Harness.Device.Containers.Documents;

/// <summary>The image of a container.</summary>
internal sealed record ImageDocument
{
    /// <summary>Its reference, exactly as given; required.</summary>
    public string? Name { get; init; }

    /// <summary>What it is opened with if it is encrypted; not written when there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DecryptDocument? DecryptConfig { get; init; }
}

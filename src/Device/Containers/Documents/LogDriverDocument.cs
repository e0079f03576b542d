using System.Text.Json.Serialization;

namespace Leda.Harness.Device.Containers.Documents;

/// <summary>The files that a container's output goes to; zero values are not written.</summary>
internal sealed record LogDriverDocument
{
    /// <summary><c>json-file</c> (default) or <c>none</c>.</summary>
    public string? Type { get; init; }

    /// <summary>How many are kept; default 2.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long MaxFiles { get; init; }

    /// <summary>Size of each; default <c>100M</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MaxSize { get; init; }

    /// <summary>The directory above the container's own; absolute.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RootDir { get; init; }
}

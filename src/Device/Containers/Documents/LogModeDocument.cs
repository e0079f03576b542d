using System.Text.Json.Serialization;

namespace Leda.Harness.Device.Containers.Documents;

/// <summary>Whether a container waits until its output is written.</summary>
internal sealed record LogModeDocument
{
    /// <summary><c>blocking</c> (default) or <c>non-blocking</c>.</summary>
    public string? Mode { get; init; }

    /// <summary>What <c>non-blocking</c> keeps before it drops; default <c>1M</c>. Not written when there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MaxBufferSize { get; init; }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Leda.Harness.Protocol.Kanto;

/// <summary>The argument of <c>create</c> and <c>createWithConfig</c> on the factory (<c>kanto-container-management.md</c> 3.1).</summary>
public sealed record CreateArguments
{
    /// <summary>The image; required.</summary>
    public string? ImageRef { get; init; }

    /// <summary>The name, for <c>createWithConfig</c>; default the new id.</summary>
    public string? Name { get; init; }

    /// <summary>How it is run, for <c>createWithConfig</c>; default all defaults.</summary>
    public ContainerConfig? Config { get; init; }

    /// <summary>Whether it is started at once; default false.</summary>
    public bool Start { get; init; }

    /// <summary>Members that are not named above; they survive a round trip.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Leda.Harness.Protocol.Kanto;

/// <summary>The argument of <c>stopWithOptions</c> on a container (<c>kanto-container-management.md</c> 3.2.4).</summary>
public sealed record StopArguments
{
    /// <summary>How long the container may take, in seconds; not negative; default 30.</summary>
    public long? Timeout { get; init; }

    /// <summary>Whether SIGKILL follows when it does not end in time; default false.</summary>
    public bool Force { get; init; }

    /// <summary>The first signal, <c>SIGINT</c> or <c>2</c>; default <c>SIGTERM</c>.</summary>
    public string? Signal { get; init; }

    /// <summary>Members that are not named above; they survive a round trip.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

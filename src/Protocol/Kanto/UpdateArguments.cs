using System.Text.Json;
using System.Text.Json.Serialization;

namespace Leda.Harness.Protocol.Kanto;

/// <summary>The argument of <c>update</c> on a container (<c>kanto-container-management.md</c> 3.2.4). What is given replaces the whole
/// object that is there; what is absent stays.</summary>
public sealed record UpdateArguments
{
    /// <summary>The new policy.</summary>
    public RestartPolicy? RestartPolicy { get; init; }

    /// <summary>The new limits; an empty object takes all limits away.</summary>
    public Resources? Resources { get; init; }

    /// <summary>Members that are not named above; they survive a round trip.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

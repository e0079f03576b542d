using System.Text.Json.Serialization;

namespace Leda.Harness.Protocol.HawkBit;

/// <summary>
/// One software, installed (an entry of <c>installedDependencies</c>) or to be removed (DependencyDescription 2.0.0, <c>payloads.md</c> 2.2
/// and 2.3). Members that are missing read as empty text, as in Go.
/// </summary>
/// <param name="Group">Image reference before its first colon.</param>
/// <param name="Name">The container's id, not its name.</param>
/// <param name="Version">Image reference after its first colon; empty for an untagged image.</param>
public sealed record DependencyDescription(string? Group, string Name, string Version)
{
    /// <summary>Image reference before its first colon; <see langword="null"/> instead of empty, so that it is left out.</summary>
    public string? Group { get; init; } = string.IsNullOrEmpty(Group) ? null : Group;

    /// <summary>The container's id, not its name.</summary>
    public string Name { get; init; } = Name ?? "";

    /// <summary>Image reference after its first colon; empty for an untagged image.</summary>
    public string Version { get; init; } = Version ?? "";

    /// <summary>The kind of software; Kanto's container management never sets it.</summary>
    public string? Type { get; init => field = string.IsNullOrEmpty(value) ? null : value; }

    /// <summary>The entry's key: group, name and version joined as <c>group.name:version</c> with <c>/</c> written <c>%2F</c> and nothing else
    /// escaped. It cannot be read back; compare it with the encoded fields instead.</summary>
    [JsonIgnore]
    public string Key => $"{Group}.{Name}:{Version}".Replace("/", "%2F");

    /// <summary>The dependency of a container, its image split at the first colon as Kanto does: a registry port ends up in the version.</summary>
    public static DependencyDescription Of(string imageRef, string containerId)
    {
        var colon = imageRef.IndexOf(':', StringComparison.Ordinal);
        return colon < 0
            ? new DependencyDescription(imageRef, containerId, "")
            : new DependencyDescription(imageRef[..colon], containerId, imageRef[(colon + 1)..]);
    }
}

namespace Leda.Harness.Protocol.HawkBit;

/// <summary>
/// One installed software, an entry of <c>installedDependencies</c> (DependencyDescription 2.0.0, <c>payloads.md</c> 2.2 and 2.3).
/// </summary>
/// <param name="Group">Image reference before its first colon.</param>
/// <param name="Name">The container's id, not its name.</param>
/// <param name="Version">Image reference after its first colon; empty for an untagged image.</param>
public sealed record DependencyDescription(string Group, string Name, string Version)
{
    /// <summary>The entry's key: group, name and version joined as <c>group.name:version</c> with <c>/</c> written <c>%2F</c> and nothing else
    /// escaped. It cannot be read back; compare it with the encoded fields instead.</summary>
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

namespace Leda.Harness.Device.Containers.Documents;

/// <summary>A host device in a container.</summary>
internal sealed record DeviceDocument
{
    /// <summary>Path on the host; required.</summary>
    public string? PathOnHost { get; init; }

    /// <summary>Path in the container; default that on the host.</summary>
    public string? PathInContainer { get; init; }

    /// <summary>A subset of <c>rwm</c>; default all.</summary>
    public string? CgroupPermissions { get; init; }
}

using System.Diagnostics.CodeAnalysis;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Containers;

/// <summary>A device as one text, <c>host:container[:rwm]</c> (<c>kanto-container-management.md</c> 6).</summary>
internal static class DeviceMappingText
{
    /// <summary>Reads the text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="device">The result.</param>
    /// <param name="problem">What is wrong, for people.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out DeviceMapping? device, [NotNullWhen(false)] out string? problem)
    {
        device = text.Split(':') switch
        {
            [{ Length: > 0 } host, { Length: > 0 } inside] => new() { PathOnHost = host, PathInContainer = inside, CgroupPermissions = "rwm" },
            [{ Length: > 0 } host, { Length: > 0 } inside, { Length: 1 or 2 or 3 } rights] when !rights.AsSpan().ContainsAnyExcept("rwm") =>
                new() { PathOnHost = host, PathInContainer = inside, CgroupPermissions = rights },
            _ => null,
        };
        problem = device is null ? $"'{text}' is no device; expected host:container[:rwm]" : null;
        return device is not null;
    }

    /// <summary>The text of a device.</summary>
    public static string Of(DeviceMapping device) =>
        string.Join(':', new[] { device.PathOnHost, device.PathInContainer, device.CgroupPermissions }.Where(part => !string.IsNullOrEmpty(part)));
}

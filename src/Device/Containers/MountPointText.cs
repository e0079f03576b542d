using System.Diagnostics.CodeAnalysis;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Containers;

/// <summary>A mount as one text, <c>source:destination[:mode]</c>, the mode in lower case (<c>kanto-container-management.md</c> 6).</summary>
internal static class MountPointText
{
    /// <summary>Reads the text. A mode that is not known is <see cref="ContainerValidation"/>'s to refuse.</summary>
    /// <param name="text">The text.</param>
    /// <param name="mount">The result.</param>
    /// <param name="problem">What is wrong, for people.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out MountPoint? mount, [NotNullWhen(false)] out string? problem)
    {
        mount = text.Split(':') switch
        {
            [{ Length: > 0 } source, { Length: > 0 } destination] => new() { Source = source, Destination = destination, PropagationMode = "RPRIVATE" },
            [{ Length: > 0 } source, { Length: > 0 } destination, { Length: > 0 } mode] =>
                new() { Source = source, Destination = destination, PropagationMode = ContainerDefaults.PropagationModeOf(mode) },
            _ => null,
        };
        problem = mount is null ? $"'{text}' is no mount point; expected source:destination[:mode]" : null;
        return mount is not null;
    }

    /// <summary>The text of a mount.</summary>
    public static string Of(MountPoint mount) => $"{mount.Source}:{mount.Destination}:{mount.PropagationMode?.ToLowerInvariant()}";
}

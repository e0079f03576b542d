using Leda.Harness.Device.Containers;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Updates;

/// <summary>
/// In what a container differs from what is desired (<c>kanto-container-management.md</c> 3.5). Lists are compared as sets, but the command
/// line; host and domain name are not looked at, as in the original.
/// </summary>
/// <param name="Lasting">What only a new container can have.</param>
/// <param name="Changeable">What it can be given while it runs.</param>
internal sealed record ContainerDifference(IReadOnlyList<string> Lasting, IReadOnlyList<string> Changeable)
{
    /// <summary>What has to be done about it.</summary>
    public UpdateActionKind Remedy =>
        Lasting.Count > 0 ? UpdateActionKind.Recreate : Changeable.Count > 0 ? UpdateActionKind.Update : UpdateActionKind.Check;

    /// <summary>Compares.</summary>
    /// <param name="current">What there is.</param>
    /// <param name="image">The image that there is to be.</param>
    /// <param name="desired">How it is to be run, all defaults filled in.</param>
    public static ContainerDifference Between(Container current, string? image, ContainerConfig desired)
    {
        var config = current.Config;
        return new ContainerDifference(
            Named(
                ("image", current.ImageRef == image),
                ("mounts", SameSet(config.MountPoints, desired.MountPoints)),
                ("command", (config.Cmd ?? []).SequenceEqual(desired.Cmd ?? [])),
                ("environment", SameSet(config.Env, desired.Env)),
                ("terminal", config.Tty == desired.Tty),
                ("interactive", config.OpenStdin == desired.OpenStdin),
                ("privileged", config.Privileged == desired.Privileged),
                ("network", config.NetworkMode == desired.NetworkMode),
                ("devices", SameSet(config.Devices, desired.Devices)),
                ("hosts", SameSet(config.ExtraHosts, desired.ExtraHosts)),
                ("capabilities", SameSet(config.ExtraCapabilities, desired.ExtraCapabilities)),
                ("ports", SameSet(config.PortMappings, desired.PortMappings)),
                ("log", config.Log == desired.Log)),
            Named(
                ("resources", (config.Resources ?? new Resources()) == (desired.Resources ?? new Resources())),
                ("restart policy", config.RestartPolicy == desired.RestartPolicy)));
    }

    /// <summary>The names of what differs.</summary>
    public override string ToString() => string.Join(", ", Lasting.Concat(Changeable));

    private static List<string> Named(params ReadOnlySpan<(string Name, bool IsSame)> parts)
    {
        var different = new List<string>();
        foreach (var (name, isSame) in parts)
        {
            if (!isSame)
                different.Add(name);
        }

        return different;
    }

    private static bool SameSet<T>(IReadOnlyList<T>? first, IReadOnlyList<T>? second)
    {
        first ??= [];
        second ??= [];
        return first.Count == second.Count && first.All(second.Contains) && second.All(first.Contains);
    }
}

using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Engines.Containerd.Runtime;

/// <summary>The host's devices in a container, and the permission to use them.</summary>
internal static class Devices
{
    // runc makes these itself, or they are mounts of their own.
    private static readonly string[] _notForAll = ["/dev/pts", "/dev/shm", "/dev/fd", "/dev/mqueue", "/dev/console", "/dev/lxc", "/dev/lxd-fd", "/dev/.lxc"];

    /// <summary>Nothing but what runc always allows (null, zero, random, terminals), and the given ones.</summary>
    /// <exception cref="EngineException">One is not on this machine, or is no device.</exception>
    public static (IReadOnlyList<SpecDevice> Nodes, IReadOnlyList<SpecDeviceRule> Rules) Of(IReadOnlyList<DeviceMapping>? mappings)
    {
        var nodes = new List<SpecDevice>();
        var rules = new List<SpecDeviceRule> { new(false, "rwm") };
        foreach (var mapping in mappings ?? [])
        {
            var found = Find(mapping.PathOnHost!, mapping.PathInContainer!).ToList();
            if (found.Count == 0)
                throw new EngineException($"error gathering device information while adding custom device \"{mapping.PathOnHost}\": it is no device of this machine");
            nodes.AddRange(found);
            rules.AddRange(found.Select(d => new SpecDeviceRule(true, mapping.CgroupPermissions!, d.Type, d.Major, d.Minor)));
        }

        return (nodes, rules);
    }

    /// <summary>All that this machine has, and the permission to do anything with them.</summary>
    public static (IReadOnlyList<SpecDevice> Nodes, IReadOnlyList<SpecDeviceRule> Rules) All() =>
        ([.. Find("/dev", "/dev")], [new SpecDeviceRule(true, "rwm")]);

    private static IEnumerable<SpecDevice> Find(string path, string inside)
    {
        if (!Directory.Exists(path))
            return Read(path, inside) is { } device ? [device] : [];
        return Directory.EnumerateFileSystemEntries(path)
            .Where(entry => !_notForAll.Contains(entry) && !File.GetAttributes(entry).HasFlag(FileAttributes.ReparsePoint))
            .SelectMany(entry => Find(entry, $"{inside.TrimEnd('/')}/{Path.GetFileName(entry)}"));
    }

    private static SpecDevice? Read(string path, string inside)
    {
        if (LibC.Stat(LibC.Current, path, 0, LibC.BasicFacts, out var facts) != 0)
            return null;
        var type = (facts.Mode & LibC.KindMask) switch
        {
            LibC.CharacterKind => "c",
            LibC.BlockKind => "b",
            _ => null,
        };
        return type is null
            ? null
            : new SpecDevice(inside, type, facts.DeviceMajor, facts.DeviceMinor, facts.Mode & 0x1FFu, facts.Owner, facts.Group);
    }
}

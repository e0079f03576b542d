using System.Globalization;
using Leda.Harness.Device.Engines.Containerd.Protos;

namespace Leda.Harness.Device.Engines.Containerd.Runtime;

/// <summary>Whom an image wants its process to run as: <c>user</c>, <c>uid</c>, each perhaps with <c>:group</c> or <c>:gid</c>.</summary>
internal static class Users
{
    private const uint Root = 0;

    /// <exception cref="EngineException">The image names someone whom it does not know.</exception>
    public static SpecUser Of(string? wanted, IReadOnlyList<Mount> root)
    {
        if (string.IsNullOrEmpty(wanted))
            return new SpecUser(Root, Root);
        var parts = wanted.Split(':', 2);
        var known = RootFiles.ReadLines(root, "etc/passwd").Select(line => line.Split(':'))
            .FirstOrDefault(f => f.Length > 3 && (f[0] == parts[0] || f[2] == parts[0]));
        var uid = Number(parts[0]) ?? Number(known?[2]) ?? throw new EngineException($"no users found: the image is to run as '{parts[0]}', whom its /etc/passwd does not have");
        var groups = RootFiles.ReadLines(root, "etc/group").Select(line => line.Split(':')).Where(f => f.Length > 3).ToList();
        if (parts is [_, var group])
        {
            var gid = Number(group) ?? Number(groups.FirstOrDefault(f => f[0] == group)?[2])
                ?? throw new EngineException($"no groups found: the image is to run in the group '{group}', which its /etc/group does not have");
            return new SpecUser(uid, gid);
        }

        var others = known is null ? [] : groups.Where(f => f[3].Split(',').Contains(known[0])).Select(f => Number(f[2])).OfType<uint>().ToList();
        return new SpecUser(uid, Number(known?[3]) ?? Root, others.Count > 0 ? others : null);
    }

    private static uint? Number(string? text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

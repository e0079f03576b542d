using Leda.Harness.Device.Engines.Containerd.Protos;

namespace Leda.Harness.Device.Engines.Containerd.Runtime;

/// <summary>A container's files as its snapshot has them, read without mounting it.</summary>
internal static class RootFiles
{
    private const string Upper = "upperdir=";
    private const string Lower = "lowerdir=";

    /// <summary>The lines of a file, topmost layer first; none if it is not there.</summary>
    public static IReadOnlyList<string> ReadLines(IEnumerable<Mount> mounts, string path)
    {
        var file = mounts.SelectMany(Roots).Select(root => Path.Combine(root, path)).FirstOrDefault(IsFile);
        return file is null ? [] : File.ReadAllLines(file);
    }

    // An image must not make the device read what is not in the image, or wait for a pipe.
    private static bool IsFile(string path) =>
        LibC.Stat(LibC.Current, path, LibC.NoFollow, LibC.BasicFacts, out var facts) == 0 && (facts.Mode & LibC.KindMask) == LibC.RegularKind;

    private static IEnumerable<string> Roots(Mount mount)
    {
        if (mount.Type != "overlay")
            return [mount.Source];
        return mount.Options.Where(o => o.StartsWith(Upper, StringComparison.Ordinal)).Select(o => o[Upper.Length..])
            .Concat(mount.Options.Where(o => o.StartsWith(Lower, StringComparison.Ordinal)).SelectMany(o => o[Lower.Length..].Split(':')));
    }
}

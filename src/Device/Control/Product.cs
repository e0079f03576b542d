using System.Reflection;
using Leda.Harness.Device.Control.Wire;

namespace Leda.Harness.Device.Control;

/// <summary>Which program this is, as <c>sysinfo</c> shows it on both ends.</summary>
internal static class Product
{
    /// <summary>The version that the original's 1.0.0 gives the protocol on the socket.</summary>
    private const string ApiVersion = "1.0.0";

    /// <summary>What the original says where it does not know; ours is built to be the same each time, so it has no build time.</summary>
    private const string Unknown = "unknown";

    /// <summary>Version and commit of this build.</summary>
    public static ProjectInfo Info { get; } = Read();

    private static ProjectInfo Read()
    {
        var informational = typeof(Product).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        var parts = informational.Split('+', 2);
        return new ProjectInfo
        {
            ProjectVersion = parts[0].Length > 0 ? parts[0] : Unknown,
            ApiVersion = ApiVersion,
            GitCommit = parts.Length > 1 ? parts[1] : Unknown,
            BuildTime = Unknown,
        };
    }
}

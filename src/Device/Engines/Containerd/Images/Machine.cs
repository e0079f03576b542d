using System.Runtime.InteropServices;

namespace Leda.Harness.Device.Engines.Containerd.Images;

/// <summary>The machine that this is, in the words of image manifests.</summary>
internal static class Machine
{
    private static readonly string[] _armVariants = ["v7", "v6", "v5"];

    public static string Architecture { get; } = RuntimeInformation.OSArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "amd64",
        System.Runtime.InteropServices.Architecture.X86 => "386",
        System.Runtime.InteropServices.Architecture.Armv6 => "arm",
        var other => other.ToString().ToLowerInvariant(),
    };

    /// <summary>The variant that suits this machine best, or <see langword="null"/>.</summary>
    public static OciDescriptor? Choose(IEnumerable<OciDescriptor> variants) => variants
        .Where(v => v.Platform is { Os: "linux" } p && p.Architecture == Architecture)
        .OrderBy(v => Array.IndexOf(_armVariants, v.Platform!.Variant) is var place and >= 0 ? place : _armVariants.Length)
        .FirstOrDefault();
}

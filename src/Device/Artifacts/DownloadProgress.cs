using System.Runtime.InteropServices;

namespace Leda.Harness.Device.Artifacts;

/// <summary>How far a download is.</summary>
/// <param name="Bytes">How many bytes are there.</param>
/// <param name="Total">How many there will be; <see langword="null"/> if that is not known.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DownloadProgress(long Bytes, long? Total);

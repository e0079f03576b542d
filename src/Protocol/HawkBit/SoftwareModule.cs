namespace Leda.Harness.Protocol.HawkBit;

/// <summary>
/// The name and version under which the cloud knows a software (<c>payloads.md</c> 3 and 4.1). Members that are missing read as empty
/// text, as in Go.
/// </summary>
public sealed record SoftwareModule
{
    /// <summary>The name; the device only echoes it.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>The version; the device only echoes it.</summary>
    public string Version { get; init => field = value ?? ""; } = "";
}

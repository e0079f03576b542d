namespace Leda.Harness.Device.Containers.Documents;

/// <summary>Where a container's output goes.</summary>
internal sealed record LogDocument
{
    /// <summary>The files.</summary>
    public LogDriverDocument? DriverConfig { get; init; }

    /// <summary>Whether the container waits for them.</summary>
    public LogModeDocument? ModeConfig { get; init; }
}

namespace Leda.Harness.Device.Artifacts;

/// <summary>How files are downloaded. By default as the original does, but neither for ever nor without end.</summary>
public sealed record DownloadOptions
{
    /// <summary>How long one file may take; default five minutes. The original waits for ever
    /// (<c>kanto-container-management.md</c> 3.4.3).</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many bytes one file may have; default 20 MiB. What is downloaded are descriptions of containers, a few kilobytes.</summary>
    public int MaxBytes { get; init; } = 20 * 1024 * 1024;

    /// <summary>Whether a status other than 2xx is an error, and a file without any checksum refused; default <see langword="false"/>: the
    /// original takes an error page for the file.</summary>
    public bool Strict { get; init; }
}

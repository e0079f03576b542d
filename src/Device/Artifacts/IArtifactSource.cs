namespace Leda.Harness.Device.Artifacts;

/// <summary>Where the files of an installation come from.</summary>
public interface IArtifactSource
{
    /// <summary>Fetches a whole file.</summary>
    /// <param name="address">Where it is, <c>http</c> or <c>https</c>.</param>
    /// <param name="progress">Told now and then how far it is, and awaited.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArtifactException">It cannot be had.</exception>
    Task<ReadOnlyMemory<byte>> FetchAsync(
        Uri address, Func<DownloadProgress, ValueTask> progress, CancellationToken cancellationToken = default);
}

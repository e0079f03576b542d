using Leda.Harness.Device.Artifacts;
using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Containers.Documents;
using Leda.Harness.Protocol.HawkBit;

namespace Leda.Harness.Device.Features.Software;

/// <summary>Turns an artifact of a command into the container that it describes (<c>kanto-container-management.md</c> 3.4.3 and 3.4.4).</summary>
internal sealed class ArtifactReader(SoftwareSurroundings around)
{
    /// <summary>Downloads, verifies, parses and checks.</summary>
    /// <exception cref="SoftwareException">One of these failed.</exception>
    public async Task<ContainerDescription> ReadAsync(
        SoftwareArtifactAction artifact, Func<DownloadProgress, ValueTask> progress, CancellationToken cancellationToken)
    {
        var address = Address(artifact);
        if (around.Options.Downloads.Strict && !Checksum.IsGiven(artifact.Checksums))
            throw SoftwareException.Rejected("no checksum is given: one of MD5, SHA1 and SHA256 is needed");
        var file = await FetchAsync(address, progress, cancellationToken);
        Checksum.Verify(file.Span, artifact.Checksums);
        if (!ContainerDocument.TryParse(file.Span, out var document, out var problem))
            throw SoftwareException.Error(problem);
        return Describe(document);
    }

    private async Task<ReadOnlyMemory<byte>> FetchAsync(
        Uri address, Func<DownloadProgress, ValueTask> progress, CancellationToken cancellationToken)
    {
        try
        {
            return await around.Artifacts.FetchAsync(address, progress, cancellationToken);
        }
        catch (ArtifactException e)
        {
            throw SoftwareException.Error(e.Message);
        }
    }

    private ContainerDescription Describe(ContainerDocument document)
    {
        try
        {
            var description = document.ToDescription();
            return around.Containers.Check(description) is { } problem ? throw SoftwareException.Rejected(problem) : description;
        }
        catch (ContainerException e)
        {
            throw SoftwareException.Rejected(e.Message);
        }
    }

    // HTTP before HTTPS; what the address itself says is what is used.
    private static Uri Address(SoftwareArtifactAction artifact)
    {
        var links = artifact.Download?.GetValueOrDefault("HTTP") ?? artifact.Download?.GetValueOrDefault("HTTPS")
            ?? throw SoftwareException.Internal();
        var address = Uri.TryCreate(links.Url, UriKind.Absolute, out var uri) ? uri : null;
        return address is { Scheme: "http" or "https", Host.Length: > 0 }
            ? address
            : throw SoftwareException.Error($"Get \"{links.Url}\": unsupported protocol scheme \"{address?.Scheme}\"");
    }
}

using Leda.Harness.Device.Artifacts;

namespace Leda.Harness.Device.Features.Software;

/// <summary>How software is installed.</summary>
public sealed record SoftwareOptions
{
    /// <summary>How files are downloaded.</summary>
    public DownloadOptions Downloads { get; init; } = new();

    /// <summary>Whether there is more than the original has: <c>download</c>, <c>cancel</c>, <c>cancelRemove</c> and the progress of downloads, as the
    /// hawkBit model knows them (<c>payloads.md</c> (a)); default <see langword="false"/>, those operations are unknown.</summary>
    public bool Extras { get; init; }
}

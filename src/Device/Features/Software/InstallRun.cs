using Leda.Harness.Device.Artifacts;
using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Engines;
using Leda.Harness.Protocol.HawkBit;

namespace Leda.Harness.Device.Features.Software;

/// <summary>
/// Installs one module, or only downloads it: every artifact is a container, all are fetched, then all created, then all started. What was
/// done before a failure stays (<c>kanto-container-management.md</c> 3.4.2).
/// </summary>
/// <param name="around">What it needs.</param>
/// <param name="correlationId">The id of the command.</param>
/// <param name="module">What it is, for the cloud.</param>
/// <param name="artifacts">What it is, for the device.</param>
/// <param name="downloadOnly">Whether nothing is to be installed.</param>
internal sealed class InstallRun(
    SoftwareSurroundings around, string correlationId, SoftwareModule module, IReadOnlyList<SoftwareArtifactAction> artifacts, bool downloadOnly)
    : SoftwareRun(around, correlationId)
{
    private const int ProgressStep = 10;

    private readonly SoftwareSurroundings _around = around;
    private int _progress;

    /// <summary>What it is, for the cloud.</summary>
    public SoftwareModule Module => module;

    protected override OperationStatus Describe(string status) =>
        new() { CorrelationId = CorrelationId, Status = status, SoftwareModule = module };

    protected override async Task DoAsync(CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        await TellAsync(Describe(SoftwareStatus.Started));
        await TellAsync(Describe(SoftwareStatus.Downloading));
        var descriptions = await DownloadAsync(stop);
        await TellAsync(Describe(SoftwareStatus.Downloaded));
        if (!TryPassPointOfNoReturn())
            throw new OperationCanceledException(stop);
        if (!downloadOnly)
            await InstallAsync(descriptions, stop);
        await EndAsync(Describe(SoftwareStatus.FinishedSuccess));
    }

    private async Task<List<ContainerDescription>> DownloadAsync(CancellationToken stop)
    {
        var reader = new ArtifactReader(_around);
        var descriptions = new List<ContainerDescription>();
        foreach (var artifact in artifacts)
        {
            stop.ThrowIfCancellationRequested();
            descriptions.Add(await reader.ReadAsync(artifact, Progress, stop));

            ValueTask Progress(DownloadProgress made) => TellProgressAsync(descriptions.Count, made, artifact.Size);
        }

        return descriptions;
    }

    private async Task InstallAsync(List<ContainerDescription> descriptions, CancellationToken stop)
    {
        await TellAsync(Describe(SoftwareStatus.Installing));
        var containers = new List<string>();
        try
        {
            foreach (var description in descriptions)
            {
                stop.ThrowIfCancellationRequested();
                containers.Add((await _around.Containers.CreateAsync(description)).Id);
            }

            await TellAsync(Describe(SoftwareStatus.Installed));
            foreach (var id in containers)
            {
                stop.ThrowIfCancellationRequested();
                await _around.Containers.StartAsync(id);
            }
        }
        catch (Exception e) when (e is ContainerException or EngineException)
        {
            throw SoftwareException.Error(e.Message);
        }
    }

    /// <summary>In steps, and never back.</summary>
    private async ValueTask TellProgressAsync(int before, DownloadProgress made, ulong? size)
    {
        var total = made.Total ?? (double?)size ?? 0;
        if (!_around.Options.Extras || total <= 0)
            return;
        var percent = (int)(100 * (before + Math.Min(made.Bytes / total, 1)) / artifacts.Count);
        if (percent < _progress + ProgressStep)
            return;
        _progress = percent;
        await TellAsync(Describe(SoftwareStatus.Downloading) with { Progress = percent });
    }
}

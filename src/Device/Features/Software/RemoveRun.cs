using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Engines;
using Leda.Harness.Protocol.HawkBit;

namespace Leda.Harness.Device.Features.Software;

/// <summary>
/// Removes containers, one after the other, running or not, and reports in groups in the end: those that were not tried, those that
/// failed, those that are gone (<c>kanto-container-management.md</c> 3.4.5).
/// </summary>
/// <param name="around">What it needs.</param>
/// <param name="correlationId">The id of the command.</param>
/// <param name="software">What to remove; names are container ids.</param>
/// <param name="forced">Whether to go on after one that failed.</param>
internal sealed class RemoveRun(SoftwareSurroundings around, string correlationId, IReadOnlyList<DependencyDescription> software, bool forced)
    : SoftwareRun(around, correlationId)
{
    private readonly SoftwareSurroundings _around = around;
    private readonly List<DependencyDescription> _removed = [];
    private readonly List<DependencyDescription> _failed = [];
    private readonly List<string> _errors = [];
    private int _next;

    private IReadOnlyList<DependencyDescription> Rest => [.. software.Skip(_next)];

    protected override OperationStatus Describe(string status) => Describe(status, Rest);

    protected override async Task DoAsync(CancellationToken stop)
    {
        var stopped = false;
        while (!stopped && _next < software.Count && (forced || _failed.Count == 0))
        {
            stopped = stop.IsCancellationRequested || (_next == software.Count - 1 && !TryPassPointOfNoReturn());
            if (!stopped)
                await RemoveAsync(software[_next]);
        }

        if (stopped && IsCanceled)
            await EndCanceledAsync();
        else
            await EndAsync(stopped);
    }

    protected override async ValueTask EndCanceledAsync()
    {
        await TellCancelingAsync();
        await TellFailedAsync();
        await EndAsync(Describe(SoftwareStatus.FinishedCanceled));
    }

    private async Task RemoveAsync(DependencyDescription entry)
    {
        await TellAsync(Describe(SoftwareStatus.Removing, [entry]));
        try
        {
            if (!_around.Containers.Exists(entry.Name))
                throw new ContainerException($"container with ID = {entry.Name} does not exist");
            await _around.Containers.RemoveAsync(entry.Name, force: true);
            await TellAsync(Describe(SoftwareStatus.Removed, [entry]));
            _removed.Add(entry);
        }
        catch (Exception e) when (e is ContainerException or EngineException)
        {
            _failed.Add(entry);
            _errors.Add(e.Message);
        }

        _next++;
    }

    private async Task EndAsync(bool stopped)
    {
        var rest = Rest;
        if (stopped)
        {
            _failed.AddRange(rest);
            _errors.Add(ContainerException.Stopping);
        }
        else if (rest.Count > 0)
        {
            await FailAsync(Describe(SoftwareStatus.FinishedRejected, rest));
        }

        await TellFailedAsync();
        if (_removed.Count > 0)
            await EndAsync(Describe(SoftwareStatus.FinishedSuccess, _removed));
    }

    private async Task TellFailedAsync()
    {
        if (_failed.Count > 0)
            await FailAsync(Describe(SoftwareStatus.FinishedError, _failed) with { Message = Combined(_errors) });
    }

    private static string Combined(List<string> errors) =>
        errors is [var one] ? one : $"{errors.Count} errors:\n\n{string.Join('\n', errors.Select(e => $"* {e}"))}";

    private OperationStatus Describe(string status, IReadOnlyList<DependencyDescription> entries) =>
        new() { CorrelationId = CorrelationId, Status = status, Software = entries };
}

using Leda.Harness.Device.Containers;
using Leda.Harness.Protocol.HawkBit;

namespace Leda.Harness.Device.Features.Software;

/// <summary>
/// One thing that was accepted and is reported under a correlation id until it ends: the installation of one module, the removal of one
/// list. It runs on the loop of <see cref="SoftwareRuns"/>; only <see cref="TryCancel"/> comes from elsewhere.
/// </summary>
internal abstract class SoftwareRun(SoftwareSurroundings around, string correlationId) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _cancel = new();
    private bool _told;
    private bool _passed;
    private bool _refused;
    private bool _over;

    /// <summary>The id that the command had.</summary>
    public string CorrelationId => correlationId;

    /// <summary>Whether it is to be called off.</summary>
    protected bool IsCanceled => _cancel.IsCancellationRequested;

    /// <summary>Does it and tells how it goes; never fails.</summary>
    /// <param name="closing">The device stops: it is to be left as it is.</param>
    public async Task RunAsync(CancellationToken closing)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(closing, _cancel.Token);
        try
        {
            await DoAsync(stop.Token);
        }
        catch (SoftwareException e)
        {
            await FailAsync(Describe(e.Status) with { Message = e.Message });
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            if (closing.IsCancellationRequested)
                await FailAsync(Describe(SoftwareStatus.FinishedError) with { Message = ContainerException.Stopping });
            else
                await EndCanceledAsync();
        }
        catch (Exception e) // As the original does with any fault of its own (3.4.2).
        {
            around.Log($"an operation on software failed unexpectedly, please report: {e}");
            await FailAsync(Describe(SoftwareStatus.FinishedError) with { Message = SoftwareException.InternalError });
        }
    }

    /// <summary>Calls it off, unless it has passed the point of no return; then it says so and goes on.</summary>
    /// <returns>Whether there was still something to call off.</returns>
    public bool TryCancel()
    {
        lock (_gate)
        {
            if (_over)
                return false;
            if (_passed)
                _refused = true;
            else
                _cancel.Cancel();
            return true;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _over = true;
            _cancel.Dispose();
        }
    }

    /// <summary>The work itself, up to its last status.</summary>
    protected abstract Task DoAsync(CancellationToken stop);

    /// <summary>A status of what is not done yet.</summary>
    protected abstract OperationStatus Describe(string status);

    /// <summary>From here on it cannot be called off.</summary>
    /// <returns>Whether that is so; not if it has been.</returns>
    protected bool TryPassPointOfNoReturn()
    {
        lock (_gate)
            return _passed = !IsCanceled;
    }

    /// <summary>Tells how far it is.</summary>
    protected async ValueTask TellAsync(OperationStatus status)
    {
        await TellRefusalAsync();
        await SayAsync(SoftwareUpdatable.LastOperationPath, status);
    }

    /// <summary>Tells that it is over; there may be several of these.</summary>
    protected ValueTask EndAsync(OperationStatus status)
    {
        Close();
        return TellAsync(status);
    }

    /// <summary>Tells that it is over and did not succeed.</summary>
    protected async ValueTask FailAsync(OperationStatus status)
    {
        Close();
        await TellRefusalAsync();
        await SayFailureAsync(status);
    }

    /// <summary>Tells that it is called off.</summary>
    protected virtual async ValueTask EndCanceledAsync()
    {
        await TellCancelingAsync();
        await EndAsync(Describe(SoftwareStatus.FinishedCanceled));
    }

    /// <summary>Tells that it is being called off.</summary>
    protected async ValueTask TellCancelingAsync()
    {
        if (!_told)
            await TellAsync(Describe(SoftwareStatus.Started));
        await TellAsync(Describe(SoftwareStatus.Canceling));
    }

    private void Close()
    {
        lock (_gate)
            _over = true;
    }

    // Said between two statuses and never after the last one, whenever it was asked for.
    private async ValueTask TellRefusalAsync()
    {
        lock (_gate)
        {
            if (!_refused)
                return;
            _refused = false;
        }

        await SayFailureAsync(Describe(SoftwareStatus.CancelRejected) with { Message = "it is too late to cancel" });
    }

    private async ValueTask SayFailureAsync(OperationStatus status)
    {
        await SayAsync(SoftwareUpdatable.LastFailedOperationPath, status);
        await SayAsync(SoftwareUpdatable.LastOperationPath, status);
    }

    private ValueTask SayAsync(string path, OperationStatus status)
    {
        _told = true;
        return around.Say(thing => TwinMessages.Operation(thing, path, status));
    }
}

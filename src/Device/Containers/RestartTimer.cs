using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Containers;

/// <summary>Brings a container back after a pause, unless somebody changes their mind meanwhile. Used by the container's owner only.</summary>
/// <param name="time">The clock.</param>
/// <param name="restart">What to do then; told whether it is still wanted when it gets its turn.</param>
internal sealed class RestartTimer(TimeProvider time, Func<CancellationToken, ValueTask> restart) : IDisposable
{
    private CancellationTokenSource _pending = new();
    private TimeSpan _pause;

    /// <summary>Whether a restart is to come.</summary>
    public bool IsPending { get; private set; }

    /// <summary>Restarts after the pause that the policy gives for a run of this length.</summary>
    public void Schedule(RestartPolicy? policy, TimeSpan run)
    {
        Cancel();
        _pause = RestartRules.Pause(policy, _pause, run);
        IsPending = true;
        _ = RestartAsync(_pause, _pending.Token);
    }

    /// <summary>The restart that was to come is here.</summary>
    public void Begun() => IsPending = false;

    /// <summary>Nothing comes back by itself until the next <see cref="Schedule"/>.</summary>
    public void Cancel()
    {
        _pending.Cancel();
        _pending.Dispose();
        _pending = new CancellationTokenSource();
        IsPending = false;
    }

    /// <summary>Somebody started the container: no restart, and earlier failures are forgiven.</summary>
    public void Reset()
    {
        Cancel();
        _pause = TimeSpan.Zero;
    }

    public void Dispose()
    {
        _pending.Cancel();
        _pending.Dispose();
    }

    private async Task RestartAsync(TimeSpan pause, CancellationToken cancelled)
    {
        try
        {
            await Task.Delay(pause, time, cancelled);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        await restart(cancelled);
    }
}

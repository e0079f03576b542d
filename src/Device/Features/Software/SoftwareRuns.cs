using System.Collections.Immutable;

namespace Leda.Harness.Device.Features.Software;

/// <summary>Carries out what was accepted, in order and one at a time (<c>kanto-container-management.md</c> 3.4.2).</summary>
internal sealed class SoftwareRuns(Action<string> log) : IAsyncDisposable
{
    private readonly Mailbox _mailbox = new(log);
    private readonly CancellationTokenSource _closing = new();
    private ImmutableList<SoftwareRun> _pending = [];

    /// <summary>Takes what one command asks for.</summary>
    /// <returns>Begins with it; to be called once, after the command was answered.</returns>
    public Func<ValueTask> Accept(IReadOnlyList<SoftwareRun> runs)
    {
        ImmutableInterlocked.Update(ref _pending, list => list.AddRange(runs));
        return () => _mailbox.PostAsync(() => RunAsync(runs));
    }

    /// <summary>Calls off what was accepted and has not ended.</summary>
    /// <returns>Whether there was any.</returns>
    public bool Cancel(Func<SoftwareRun, bool> which)
    {
        var canceled = false;
        foreach (var run in Volatile.Read(ref _pending).Where(which))
            canceled |= run.TryCancel();
        return canceled;
    }

    /// <summary>The device stops: what is being done is given up, and told so.</summary>
    public void GiveUp() => _closing.Cancel();

    /// <summary>Waits until nothing is being done.</summary>
    public async ValueTask DisposeAsync()
    {
        await _mailbox.DisposeAsync();
        _closing.Dispose();
    }

    private async Task RunAsync(IReadOnlyList<SoftwareRun> runs)
    {
        foreach (var run in runs)
        {
            await run.RunAsync(_closing.Token);
            ImmutableInterlocked.Update(ref _pending, list => list.Remove(run));
            run.Dispose();
        }
    }
}

namespace Leda.Harness.Protocol.Messaging.InMemory;

/// <summary>
/// Lets asynchronous steps run one at a time in the order in which they were asked for, on their callers' contexts. (A semaphore with a
/// cancellation token would hop through the thread pool, which a virtual clock cannot see.)
/// </summary>
internal sealed class Turns
{
    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;

    public async Task TakeAsync(Func<Task> step)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task before;
        lock (_gate)
        {
            before = _last;
            _last = mine.Task;
        }

        await before;
        try
        {
            await step();
        }
        finally
        {
            mine.SetResult();
        }
    }
}

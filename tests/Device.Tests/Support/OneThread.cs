namespace Leda.Harness.Device.Tests.Support;

/// <summary>
/// Runs a test and everything that it starts on the one thread of the caller. Work that comes from another thread fails the test: it
/// would escape a virtual clock.
/// </summary>
internal sealed class OneThread : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Work, object? State)> _queue = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly Lock _gate = new();
    private TaskCompletionSource? _idle;
    private string? _stranger;

    public static void Run(Func<OneThread, Task> test)
    {
        var outer = Current;
        var context = new OneThread();
        SetSynchronizationContext(context);
        try
        {
            context.Pump(test(context));
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }

    /// <summary>Completes when there is nothing else to do; only a message or the clock can then bring more.</summary>
    public Task IdleAsync()
    {
        _idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _idle.Task;
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_gate)
        {
            if (Environment.CurrentManagedThreadId != _thread)
                _stranger ??= Environment.StackTrace;
            _queue.Enqueue((d, state));
        }
    }

    public override SynchronizationContext CreateCopy() => this;

    private void Pump(Task test)
    {
        while (!test.IsCompleted)
        {
            if (TryTake(out var next))
                next.Work(next.State);
            else if (_idle is { } idle)
            {
                _idle = null;
                idle.SetResult();
            }
            else
                Assert.Fail("the test waits for something that nobody is going to do");
        }

        Assert.True(_stranger is null, $"something left the one thread; it came back here:\n{_stranger}");
        test.GetAwaiter().GetResult();
    }

    private bool TryTake(out (SendOrPostCallback Work, object? State) next)
    {
        lock (_gate)
            return _queue.TryDequeue(out next);
    }
}

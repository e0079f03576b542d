using System.Runtime.ExceptionServices;

namespace Leda.Harness.Hosting;

/// <summary>
/// Runs asynchronous code on one thread under a virtual clock that advances when everyone waits: minutes of waiting pass in milliseconds,
/// and the same seed gives the same order of everything. What runs inside must not leave its thread (architecture rule 2).
/// </summary>
public sealed class VirtualWorld : SynchronizationContext
{
    private const string LeftItsThread =
        "Where something goes on on another thread, look for Task.Run, ConfigureAwait(false), CancelAsync, real input and output, or WaitAsync on a source that runs continuations asynchronously.";

    private readonly Queue<(SendOrPostCallback Callback, object? State)> _ready = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly VirtualClock _clock = new();
    private volatile bool _left;

    private VirtualWorld()
    {
    }

    /// <summary>Runs <paramref name="main"/> to its end and gives back its result.</summary>
    /// <param name="main">What to run; it gets the virtual clock, which starts on 1 January 2026, 00:00 UTC.</param>
    /// <exception cref="InvalidOperationException">Everyone waits and no timer is set, so that nothing can ever happen again; or something
    /// inside went on on another thread.</exception>
    public static T Run<T>(Func<TimeProvider, Task<T>> main)
    {
        var outside = Current;
        var world = new VirtualWorld();
        try
        {
            SetSynchronizationContext(world);
            var task = main(world._clock);
            world.RunUntil(task);
            return task.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(outside);
        }
    }

    /// <summary>Queues a continuation.</summary>
    public override void Post(SendOrPostCallback d, object? state)
    {
        if (Environment.CurrentManagedThreadId == _thread)
            _ready.Enqueue((d, state));
        else
            _left = true;
    }

    /// <summary>Calls at once: there is only one thread.</summary>
    public override void Send(SendOrPostCallback d, object? state) => d(state);

    /// <summary>The same world: continuations of copies belong to the same queue.</summary>
    public override SynchronizationContext CreateCopy() => this;

    private void RunUntil(Task task)
    {
        while (!task.IsCompleted)
        {
            if (_left)
                throw new InvalidOperationException(LeftItsThread);
            if (_ready.TryDequeue(out var work))
                work.Callback(work.State);
            else if (!_clock.AdvanceToNextTimer())
                throw new InvalidOperationException($"Everyone waits and no timer is set: the virtual world stands still. {LeftItsThread}");
        }

        if (task.IsFaulted)
            ExceptionDispatchInfo.Throw(task.Exception!.InnerException!);
    }
}

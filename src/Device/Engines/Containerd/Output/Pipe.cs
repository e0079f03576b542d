namespace Leda.Harness.Device.Engines.Containerd.Output;

/// <summary>One pipe that is read.</summary>
internal sealed class Pipe(int file, LineSplitter splitter, Action wake)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isDone;

    public int File => file;

    public LineSplitter Splitter => splitter;

    /// <summary>Whether it is to be closed.</summary>
    public bool IsDone => _isDone;

    /// <summary>Completes when all that was ever written has been read.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Nothing comes any more; only the reader calls it.</summary>
    public void End()
    {
        _isDone = true;
        splitter.Flush();
        _ended.TrySetResult();
    }

    /// <summary>Reads no more, though something may still come.</summary>
    public void Close()
    {
        _isDone = true;
        wake();
    }
}

using System.Runtime.InteropServices;

namespace Leda.Harness.Device.Engines.Containerd.Output;

/// <summary>
/// Reads all containers' pipes on one thread, whose time belongs to nobody: .NET has no waiting for pipes that would not hold a thread
/// for each of them.
/// </summary>
internal sealed class PipeReader : IDisposable
{
    private const int BufferSize = 64 * 1024;

    private readonly int _wake = LibC.Check(LibC.EventFile(0, LibC.NonBlocking | LibC.CloseOnExec), "eventfd");
    private readonly Lock _gate = new();
    private readonly List<Pipe> _pipes = [];
    private readonly Action<string> _log;
    private readonly Thread _thread;
    private bool _stopped;

    /// <param name="log">Told what went wrong with what was read.</param>
    public PipeReader(Action<string> log)
    {
        _log = log;
        _thread = new Thread(Run) { Name = "container output", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Reads a named pipe from now on.</summary>
    /// <param name="path">The pipe; nobody needs to write to it yet.</param>
    /// <param name="splitter">Takes what is read.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public Pipe Open(string path, LineSplitter splitter)
    {
        var pipe = new Pipe(LibC.Check(LibC.Open(path, LibC.ReadOnly | LibC.NonBlocking | LibC.CloseOnExec), path), splitter, Wake);
        lock (_gate)
            _pipes.Add(pipe);
        Wake();
        return pipe;
    }

    /// <summary>Stops reading; what is in the pipes stays there for whoever reads them next.</summary>
    public void Dispose()
    {
        lock (_gate)
            _stopped = true;
        Wake();
        _thread.Join();
        _ = LibC.Close(_wake);
    }

    private void Wake() => LibC.Write(_wake, 1UL, sizeof(ulong));

    private void Run()
    {
        var buffer = new byte[BufferSize];
        for (var pipes = Remaining(); pipes is not null; pipes = Remaining())
        {
            var files = new LibC.PollFile[pipes.Length + 1];
            files[^1] = new LibC.PollFile { File = _wake, Wanted = LibC.In };
            for (var i = 0; i < pipes.Length; i++)
                files[i] = new LibC.PollFile { File = pipes[i].File, Wanted = LibC.In };
            if (LibC.Poll(files, (nuint)files.Length, -1) < 0)
                continue; // a signal
            if (files[^1].Seen != 0)
                LibC.Read(_wake, buffer, sizeof(ulong));
            for (var i = 0; i < pipes.Length; i++)
            {
                if (files[i].Seen != 0)
                    Read(pipes[i], buffer);
            }
        }
    }

    /// <summary>What is still to be read; <see langword="null"/> if nothing is to be read any more.</summary>
    private Pipe[]? Remaining()
    {
        lock (_gate)
        {
            foreach (var pipe in _pipes.Where(p => _stopped || p.IsDone).ToList())
            {
                _pipes.Remove(pipe);
                _ = LibC.Close(pipe.File);
            }

            return _stopped ? null : [.. _pipes];
        }
    }

    private void Read(Pipe pipe, byte[] buffer)
    {
        var count = LibC.Read(pipe.File, buffer, buffer.Length);
        if (count < 0 && Marshal.GetLastPInvokeError() is LibC.TryAgain or LibC.Interrupted)
            return;
        try
        {
            if (count > 0)
                pipe.Splitter.Take(buffer.AsSpan(0, (int)count));
            else
                pipe.End();
        }
        catch (Exception e)
        {
            _log($"unexpected, please report: the output of a container was not taken: {e}");
        }
    }
}

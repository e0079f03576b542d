namespace Leda.Harness.Device.Engines.Containerd.Output;

/// <summary>The pipes of one container's process, in the container's directory.</summary>
internal sealed class TaskOutput
{
    private const uint OwnerOnly = 0x180; // 0600

    /// <summary>How long the last output may take when the process has ended: children that it left behind may keep the pipe open.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2);

    private static readonly string[] _names = ["stdin", "stdout", "stderr"];

    private readonly List<Pipe> _pipes = [];
    private int _input = -1;

    private TaskOutput(string standardInput, string standardOutput, string standardError)
    {
        StandardInput = standardInput;
        StandardOutput = standardOutput;
        StandardError = standardError;
    }

    /// <summary>The pipe's path, or nothing.</summary>
    public string StandardInput { get; }

    /// <inheritdoc cref="StandardInput"/>
    public string StandardOutput { get; }

    /// <inheritdoc cref="StandardInput"/>
    public string StandardError { get; }

    /// <summary>Makes new pipes for a process that is to be started.</summary>
    /// <param name="reader">Reads them.</param>
    /// <param name="directory">Where they are made.</param>
    /// <param name="tty">Whether the process has a terminal, which has no standard error of its own.</param>
    /// <param name="openInput">Whether its input stays open.</param>
    /// <param name="log">Takes the lines.</param>
    /// <exception cref="IOException">They cannot be made.</exception>
    public static TaskOutput Make(PipeReader reader, string directory, bool tty, bool openInput, IContainerLog log)
    {
        var output = new TaskOutput(
            openInput ? New(directory, _names[0]) : "", New(directory, _names[1]), tty ? "" : New(directory, _names[2]));
        output.Read(reader, log);
        return output;
    }

    /// <summary>Goes on with the pipes of a process that is running.</summary>
    /// <exception cref="IOException">They are gone.</exception>
    public static TaskOutput Resume(PipeReader reader, string standardInput, string standardOutput, string standardError, IContainerLog log)
    {
        var output = new TaskOutput(standardInput, standardOutput, standardError);
        output.Read(reader, log);
        return output;
    }

    /// <summary>Of a process that has ended; there is nothing left to read.</summary>
    public static TaskOutput None { get; } = new("", "", "");

    /// <summary>
    /// Lets go whoever waits for this side of the pipes: should the device be killed while containerd makes a task, the shim waits for
    /// somebody to read, and containerd waits for the shim.
    /// </summary>
    /// <param name="directory">Where the pipes of an earlier run may be.</param>
    public static void LetGo(string directory)
    {
        foreach (var path in _names.Select(name => Path.Combine(directory, name)).Where(File.Exists))
        {
            if (LibC.Open(path, LibC.ReadWrite | LibC.NonBlocking | LibC.CloseOnExec) is var pipe and >= 0)
                _ = LibC.Close(pipe);
        }
    }

    /// <summary>Waits for the last output, if that does not take long, and closes the pipes.</summary>
    public async Task EndAsync(TimeProvider time)
    {
        try
        {
            await Task.WhenAll(_pipes.Select(p => p.Ended)).WaitAsync(_patience, time);
        }
        catch (TimeoutException)
        {
            // Someone else has it open.
        }

        Close();
    }

    /// <summary>Closes the pipes.</summary>
    public void Close()
    {
        foreach (var pipe in _pipes)
            pipe.Close();
        if (Interlocked.Exchange(ref _input, -1) is var input and >= 0)
            _ = LibC.Close(input);
    }

    private void Read(PipeReader reader, IContainerLog log)
    {
        try
        {
            // Opened for writing, too, it neither waits for the other side nor ends.
            if (StandardInput.Length > 0)
                _input = LibC.Check(LibC.Open(StandardInput, LibC.ReadWrite | LibC.NonBlocking | LibC.CloseOnExec), StandardInput);
            if (StandardOutput.Length > 0)
                _pipes.Add(reader.Open(StandardOutput, new LineSplitter("stdout", log)));
            if (StandardError.Length > 0)
                _pipes.Add(reader.Open(StandardError, new LineSplitter("stderr", log)));
        }
        catch
        {
            Close();
            throw;
        }
    }

    private static string New(string directory, string name)
    {
        var path = Path.Combine(directory, name);
        File.Delete(path);
        LibC.Check(LibC.MakePipe(path, OwnerOnly), path);
        return path;
    }
}

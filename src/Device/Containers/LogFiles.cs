namespace Leda.Harness.Device.Containers;

/// <summary>
/// A log in files of limited size: <c>json.log</c> is the newest, <c>json.log.1</c> the one before it. A line is written at once and whole.
/// </summary>
/// <param name="directory">Where they are; made when the first line is written.</param>
/// <param name="files">How many there are at most; at least one.</param>
/// <param name="bytes">How large one may become; it has at least one line.</param>
internal sealed class LogFiles(string directory, long files, long bytes)
{
    private const string Name = "json.log";

    /// <summary>Adds a line, which ends with its line feed.</summary>
    /// <exception cref="IOException">It cannot be written; nothing of it is.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Append(ReadOnlySpan<byte> line)
    {
        Directory.CreateDirectory(directory);
        if (new FileInfo(PathOf(0)) is { Exists: true, Length: var length } && length > 0 && length + line.Length > bytes)
            Rotate();
        using var file = new FileStream(PathOf(0), FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        file.Write(line);
    }

    /// <summary>The last lines, oldest first.</summary>
    /// <param name="lines">How many at most.</param>
    public IReadOnlyList<string> Tail(int lines)
    {
        var found = new List<string>();
        for (var number = 0; number < files && found.Count < lines && File.Exists(PathOf(number)); number++)
            found.InsertRange(0, Last(PathOf(number), lines - found.Count));
        return found;
    }

    /// <summary>Deletes all of them, and the directory if nothing else is in it.</summary>
    public void Delete()
    {
        if (!Directory.Exists(directory))
            return;
        foreach (var file in Directory.GetFiles(directory, Name + "*"))
            File.Delete(file);
        if (!Directory.EnumerateFileSystemEntries(directory).Any())
            Directory.Delete(directory);
    }

    private void Rotate()
    {
        if (files == 1)
        {
            File.Delete(PathOf(0));
            return;
        }

        var free = 1L;
        while (free < files - 1 && File.Exists(PathOf(free)))
            free++;
        for (; free > 0; free--)
            File.Move(PathOf(free - 1), PathOf(free), overwrite: true);
    }

    private static Queue<string> Last(string path, int lines)
    {
        var last = new Queue<string>();
        foreach (var line in File.ReadLines(path))
        {
            if (last.Count == lines)
                last.Dequeue();
            last.Enqueue(line);
        }

        return last;
    }

    private string PathOf(long number) => Path.Combine(directory, number == 0 ? Name : $"{Name}.{number}");
}

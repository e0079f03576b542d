namespace Leda.Harness.Device.Containers;

/// <summary>Lines that wait, up to so many bytes.</summary>
/// <param name="bytes">How many.</param>
internal sealed class LineBuffer(long bytes)
{
    private readonly Queue<byte[]> _lines = [];
    private long _size;

    /// <summary>The lines, oldest first.</summary>
    public IEnumerable<byte[]> Lines => _lines;

    /// <summary>Adds a line unless there is no room for it.</summary>
    public bool TryAdd(byte[] line)
    {
        if (_size + line.Length > bytes)
            return false;
        _lines.Enqueue(line);
        _size += line.Length;
        return true;
    }

    /// <summary>Adds a line and gives up the oldest ones for it.</summary>
    public void Push(byte[] line)
    {
        while (_lines.Count > 0 && _size + line.Length > bytes)
            Pop();
        _lines.Enqueue(line);
        _size += line.Length;
    }

    /// <summary>The oldest line; it stays.</summary>
    public byte[]? Peek() => _lines.TryPeek(out var line) ? line : null;

    /// <summary>Gives up the oldest line.</summary>
    public void Pop() => _size -= _lines.Dequeue().Length;
}

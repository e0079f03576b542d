namespace Leda.Harness.Traffic;

/// <summary>
/// Cuts a stream into lines as they come. It keeps no more than the line that is being read, and no line longer than
/// <see cref="MaxLine"/>.
/// </summary>
/// <param name="input">The text; may be a pipe that somebody is still writing to.</param>
internal sealed class LineReader(Stream input)
{
    /// <summary>The longest line that is read, in bytes: longer than any message in this flow.</summary>
    public const int MaxLine = 64 << 20;

    private byte[] _buffer = new byte[64 << 10];
    private int _start;
    private int _searched;
    private int _end;
    private bool _ended;
    private bool _skipping;

    /// <summary>The number of the line that was taken last, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Whether the line that was taken last was too long; what was taken is its beginning.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Waits for more text.</summary>
    /// <returns><see langword="false"/> at the end, when every line has been taken.</returns>
    public async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_ended)
            return false;
        if (_start > 0)
        {
            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            (_start, _searched, _end) = (0, _searched - _start, _end - _start);
        }

        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);

        // A read from a terminal or a pipe cannot be called off; it is left alone instead.
        var count = await input.ReadAsync(_buffer.AsMemory(_end), CancellationToken.None).AsTask().WaitAsync(cancellationToken);
        _ended = count == 0;
        _end += count;
        return true;
    }

    /// <summary>Takes the next line that is complete; at the end also what follows the last line feed.</summary>
    /// <param name="line">The line without its end, until the next call.</param>
    public bool TryTake(out ReadOnlySpan<byte> line)
    {
        while (true)
        {
            var feed = _buffer.AsSpan(_searched.._end).IndexOf((byte)'\n');
            var length = feed >= 0 ? _searched + feed - _start : _end - _start;
            var isCut = !_skipping && length > MaxLine;
            if (feed < 0 && !isCut && !(_ended && length > 0))
            {
                _searched = _end;
                if (_skipping)
                    _start = _end;
                line = default;
                return false;
            }

            line = _buffer.AsSpan(_start, Math.Min(length, MaxLine));
            var isRest = _skipping;
            _skipping = feed < 0 && !_ended;
            _start = _searched = Math.Min(_start + length + 1, _end);
            if (isRest)
                continue;
            Number++;
            IsCut = isCut;
            line = line.TrimEnd((byte)'\r');
            return true;
        }
    }
}

namespace Leda.Harness.Device.Control.Server;

/// <summary>Reads a header block only as far as is needed to find the strings in it (HPACK, RFC 7541, 5 and 6).</summary>
internal ref struct HeaderBlock
{
    private const int HeaderLength = 9;
    private const byte HeadersFrame = 1;
    private const byte Padded = 0x08;
    private const byte Priority = 0x20;
    private const int Authority = 1; // in the static table
    private const byte Huffman = 0x80;

    private Span<byte> _rest;

    private HeaderBlock(Span<byte> block) => _rest = block;

    /// <summary>
    /// Replaces each spelled-out <c>:authority</c> of a HEADERS frame by letters of the same number of bytes. The receiver's table of
    /// headers then holds an entry that is not longer than the sender's, so that both go on to mean the same by an index.
    /// </summary>
    /// <param name="frame">A whole frame; others than HEADERS, and malformed ones, stay as they are.</param>
    public static void ReplaceAuthority(Span<byte> frame)
    {
        if (frame.Length < HeaderLength || frame[3] != HeadersFrame || !TryStrip(frame, out var payload))
            return;
        var block = new HeaderBlock(payload);
        while (!block._rest.IsEmpty && block.TrySkipField())
        {
            // On to the next one.
        }
    }

    private static bool TryStrip(Span<byte> frame, out Span<byte> block)
    {
        block = frame[HeaderLength..];
        var front = ((frame[4] & Padded) != 0 ? 1 : 0) + ((frame[4] & Priority) != 0 ? 5 : 0);
        var back = (frame[4] & Padded) != 0 && block.Length > 0 ? block[0] : 0;
        if (front + back > block.Length)
            return false;
        block = block[front..^back];
        return true;
    }

    private bool TrySkipField()
    {
        var first = _rest[0];
        if ((first & 0x80) != 0)
            return TryReadInteger(7, out _);
        if ((first & 0xE0) == 0x20)
            return TryReadInteger(5, out _);
        return TryReadInteger((first & 0x40) != 0 ? 6 : 4, out var name)
            && (name != 0 || TryReadString(out _, out _))
            && TryReadString(out var length, out var value)
            && Replace(name, length, value);
    }

    private static bool Replace(int name, Span<byte> length, Span<byte> value)
    {
        if (name == Authority)
        {
            length[0] &= unchecked((byte)~Huffman);
            value.Fill((byte)'a');
        }

        return true;
    }

    private bool TryReadString(out Span<byte> length, out Span<byte> value)
    {
        length = _rest;
        value = default;
        if (!TryReadInteger(7, out var count) || count > _rest.Length)
            return false;
        value = _rest[..count];
        _rest = _rest[count..];
        return true;
    }

    /// <summary>An integer whose first bits share a byte with something else (RFC 7541, 5.1).</summary>
    private bool TryReadInteger(int prefix, out int value)
    {
        value = 0;
        if (_rest.IsEmpty)
            return false;
        var limit = (1 << prefix) - 1;
        value = _rest[0] & limit;
        _rest = _rest[1..];
        for (var (shift, more) = (0, value == limit); more; shift += 7)
        {
            if (_rest.IsEmpty || shift > 14)
                return false;
            value += (_rest[0] & 0x7F) << shift;
            more = (_rest[0] & 0x80) != 0;
            _rest = _rest[1..];
        }

        return true;
    }
}

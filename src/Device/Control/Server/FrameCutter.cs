using System.Buffers;

namespace Leda.Harness.Device.Control.Server;

/// <summary>Cuts what a client sends into HTTP/2's preface and frames (RFC 9113, 3.4 and 4.1).</summary>
internal sealed class FrameCutter
{
    private const int Preface = 24;
    private const int Header = 9;

    /// <summary>The longest frame that a server takes unless it says otherwise, and this one does not. A longer one is passed on in pieces
    /// to be refused there.</summary>
    private const int LongestPayload = 16 * 1024;

    private bool _begun;
    private bool _hopeless;

    /// <summary>Takes the next whole piece off the front.</summary>
    public bool TryCut(ref ReadOnlySequence<byte> rest, out ReadOnlySequence<byte> piece)
    {
        piece = default;
        if (rest.IsEmpty || Length(rest) is not { } length || rest.Length < length)
            return false;
        _begun = true;
        piece = rest.Slice(0, length);
        rest = rest.Slice(length);
        return true;
    }

    private long? Length(ReadOnlySequence<byte> rest)
    {
        if (!_begun)
            return Preface;
        if (!_hopeless && rest.Length < Header)
            return null;
        if (!_hopeless)
        {
            var reader = new SequenceReader<byte>(rest);
            reader.TryReadBigEndian(out short high);
            reader.TryRead(out var low);
            var payload = ((ushort)high << 8) | low;
            _hopeless = payload > LongestPayload;
            if (!_hopeless)
                return Header + payload;
        }

        return Math.Min(rest.Length, LongestPayload);
    }
}

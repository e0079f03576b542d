using System.Buffers;

namespace Leda.Harness.Device.Engines.Containerd.Output;

/// <summary>Cuts what a process writes into lines. A line that does not end is given out in pieces, so that it cannot fill the memory.</summary>
internal sealed class LineSplitter(string stream, IContainerLog log)
{
    private const int Longest = 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _begun = new();

    /// <summary>Takes some more bytes.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOf((byte)'\n') is var end and >= 0)
        {
            if (_begun.WrittenCount == 0)
            {
                log.Write(stream, bytes[..(end + 1)]);
            }
            else
            {
                _begun.Write(bytes[..(end + 1)]);
                Flush();
            }

            bytes = bytes[(end + 1)..];
        }

        _begun.Write(bytes);
        if (_begun.WrittenCount >= Longest)
            Flush();
    }

    /// <summary>There is no more; a last line without line feed is one, too.</summary>
    public void Flush()
    {
        if (_begun.WrittenCount == 0)
            return;
        log.Write(stream, _begun.WrittenSpan);
        _begun.ResetWrittenCount();
    }
}

using System.Buffers;
using System.Text.Json;

namespace Leda.Harness.Simulator.JsonSchema;

/// <summary>The text of a string that is written with escapes, in borrowed memory.</summary>
internal readonly ref struct UnescapedText
{
    private readonly byte[] _rented;
    private readonly int _length;

    public UnescapedText(ref Utf8JsonReader reader)
    {
        _rented = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        try
        {
            _length = reader.CopyString(_rented);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(_rented);
            throw;
        }
    }

    public ReadOnlySpan<byte> Utf8 => _rented.AsSpan(0, _length);

    public void Dispose() => ArrayPool<byte>.Shared.Return(_rented);
}

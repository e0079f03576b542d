namespace Leda.Harness.Protocol;

/// <summary>
/// Gives out UUIDs and small random numbers from one seed, so that the same run comes out again (architecture rule 1).
/// </summary>
/// <remarks>Each owner of state takes its own, split off with <see cref="Fork"/>, so that what one does changes nothing for the others.</remarks>
/// <param name="seed">Where the sequence starts. Equal seeds give equal sequences.</param>
public sealed class IdSource(int seed)
{
    private readonly Lock _drawing = new();
    private readonly Random _random = new(seed);

    /// <summary>The next UUID, version 4, in lower-case text with dashes, as Kanto writes container ids.</summary>
    public string NewUuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        lock (_drawing)
            _random.NextBytes(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }

    /// <summary>The next number that is at least <paramref name="minimum"/> and less than <paramref name="exclusiveMaximum"/>.</summary>
    public int Next(int minimum, int exclusiveMaximum)
    {
        lock (_drawing)
            return _random.Next(minimum, exclusiveMaximum);
    }

    /// <summary>A new, independent source whose sequence depends on this seed and on how many were split off before.</summary>
    public IdSource Fork() => new(Next(0, int.MaxValue));
}

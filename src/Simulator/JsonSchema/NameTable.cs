namespace Leda.Harness.Simulator.JsonSchema;

/// <summary>Finds names by their UTF-8 bytes, each by its place in the list.</summary>
internal sealed class NameTable
{
    private readonly byte[][] _names;
    private readonly int[] _slots; // place + 1, 0 for none
    private readonly uint _mask;

    public NameTable(IEnumerable<string> names)
    {
        _names = [.. names.Select(System.Text.Encoding.UTF8.GetBytes)];
        _slots = new int[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(_names.Length * 4) + 1)];
        _mask = (uint)_slots.Length - 1;
        for (var i = 0; i < _names.Length; i++)
        {
            var slot = Hash(_names[i]) & _mask;
            while (_slots[slot] != 0)
                slot = (slot + 1) & _mask;
            _slots[slot] = i + 1;
        }
    }

    public int Count => _names.Length;

    /// <summary>The place of a name; -1 if it is not listed.</summary>
    public int Find(ReadOnlySpan<byte> name)
    {
        for (var slot = Hash(name) & _mask; ; slot = (slot + 1) & _mask)
        {
            var place = _slots[slot] - 1;
            if (place < 0 || name.SequenceEqual(_names[place]))
                return place;
        }
    }

    /// <summary>Length, ends and middle tell the names of one object apart well enough.</summary>
    private static uint Hash(ReadOnlySpan<byte> name) =>
        name.Length == 0 ? 0 : ((uint)name.Length * 0x9E37u) + (name[0] * 31u) + (name[^1] * 131u) + (name[name.Length >> 1] * 7u);
}

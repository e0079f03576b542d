namespace Leda.Harness.Simulator.JsonSchema;

/// <summary>Which of the names that a schema asks for an object has. The first 64 cost no memory.</summary>
internal struct Presence(int names)
{
    private readonly ulong[]? _more = names > 64 ? new ulong[(names - 1) >> 6] : null;
    private ulong _first;

    public void Add(int name)
    {
        if (name < 64)
            _first |= 1UL << name;
        else
            _more![(name >> 6) - 1] |= 1UL << name;
    }

    public readonly bool Has(int name) => ((name < 64 ? _first : _more![(name >> 6) - 1]) & (1UL << name)) != 0;

    /// <summary>Whether the other has no name that this has not.</summary>
    public readonly bool Includes(in Presence other)
    {
        if ((other._first & ~_first) != 0)
            return false;
        for (var i = 0; i < (_more?.Length ?? 0); i++)
        {
            if ((other._more![i] & ~_more![i]) != 0)
                return false;
        }

        return true;
    }
}

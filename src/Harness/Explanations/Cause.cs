using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Explanations;

/// <summary>One kind of reason for which nothing happens.</summary>
internal abstract class Cause
{
    /// <summary>Looks whether it is the reason.</summary>
    /// <param name="record">What was seen instead.</param>
    public abstract Explanation? Find(Record record);

    /// <summary>It is, as an entry shows.</summary>
    protected Explanation At(JournalEntry entry, string text) => new(GetType().Name, entry.Sequence, text);

    /// <summary>It is, as nothing shows.</summary>
    protected Explanation Missing(string text) => new(GetType().Name, null, text);
}

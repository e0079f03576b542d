namespace Leda.Harness.Simulator.Journal;

/// <summary>The kept entries, a ring of the newest ones, and the signal that there are more.</summary>
/// <param name="capacity">How many are kept.</param>
internal sealed class JournalRecord(int capacity)
{
    private readonly Lock _changing = new();
    private readonly List<JournalEntry> _ring = [];
    private TaskCompletionSource _changed = NewSignal();

    public long Next { get; private set; }

    public long First => Math.Max(0, Next - capacity);

    /// <summary>Completes at the next change. Take it before reading, so that nothing falls between.</summary>
    public Task Changed
    {
        get
        {
            lock (_changing)
                return _changed.Task;
        }
    }

    public void Append(JournalEntry entry)
    {
        lock (_changing)
        {
            var placed = entry with { Sequence = Next };
            if (_ring.Count < capacity)
                _ring.Add(placed);
            else
                _ring[(int)(Next % capacity)] = placed;
            Next++;
        }

        Wake();
    }

    public List<JournalEntry> Read(long from, int most)
    {
        lock (_changing)
        {
            from = Math.Max(from, First);
            var count = (int)Math.Min(most, Math.Max(0, Next - from));
            var entries = new List<JournalEntry>(count);
            for (var sequence = from; sequence < from + count; sequence++)
                entries.Add(_ring[(int)(sequence % capacity)]);
            return entries;
        }
    }

    public void Wake()
    {
        TaskCompletionSource changed;
        lock (_changing)
        {
            changed = _changed;
            _changed = NewSignal();
        }

        changed.TrySetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

using Leda.Harness.Simulator.Referee;

namespace Leda.Harness.Simulator.Journal;

/// <summary>The kept entries, the newest ones, and the signal that there are more.</summary>
/// <param name="capacity">How many are kept.</param>
/// <param name="maxPayloadBytes">How many bytes their payloads may have together.</param>
internal sealed class JournalRecord(int capacity, long maxPayloadBytes)
{
    private readonly Lock _changing = new();
    private readonly List<JournalEntry> _entries = [];
    private TaskCompletionSource? _changed; // there when somebody waits
    private long _bytes;
    private int _oldest;

    public long Next { get; private set; }

    public long First => Next - Count;

    /// <summary>Completes at the next change. Take it before reading, so that nothing falls between.</summary>
    public Task Changed
    {
        get
        {
            lock (_changing)
                return (_changed ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private int Count => _entries.Count - _oldest;

    public void Append(JournalEntry entry, Judgement judgement)
    {
        TaskCompletionSource? changed;
        lock (_changing)
        {
            _entries.Add(entry with { Sequence = Next++, Judgement = judgement });
            _bytes += entry.Payload.Length;
            while (Count > capacity || (_bytes > maxPayloadBytes && Count > 1))
                Forget();
            (changed, _changed) = (_changed, null);
        }

        changed?.TrySetResult();
    }

    public List<JournalEntry> Read(long from, int most)
    {
        lock (_changing)
        {
            from = Math.Max(from, First);
            var count = (int)Math.Min(most, Math.Max(0, Next - from));
            return _entries.GetRange(_oldest + (int)(from - First), count);
        }
    }

    public void Wake()
    {
        TaskCompletionSource? changed;
        lock (_changing)
            (changed, _changed) = (_changed, null);
        changed?.TrySetResult();
    }

    // The places of forgotten entries are given back in bulk: taking them away one by one would move all others each time.
    private void Forget()
    {
        _bytes -= _entries[_oldest].Payload.Length;
        _entries[_oldest++] = null!;
        if (_oldest <= capacity && _oldest < _entries.Count)
            return;
        _entries.RemoveRange(0, _oldest);
        _oldest = 0;
    }
}

using System.Threading.Channels;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Simulator.Referee;
using Leda.Harness.Simulator.Signals;
using Signal = Leda.Harness.Simulator.Signals.Signal;

namespace Leda.Harness.Simulator.Journal;

/// <summary>
/// The one ordered record of everything seen: the bus's tap and the twins write, the referee judges each message on its way in, everyone
/// reads. Its queue is bounded: while the referee is behind, whoever publishes waits. The record is bounded too, in entries and in bytes: it keeps
/// the newest, and <see cref="Forgotten"/> tells how many it let go.
/// </summary>
public sealed class Journal : IBusTap, ISignalSubscriber, IAsyncDisposable
{
    /// <summary>From here on whoever brings more waits, until half of it is done: waking for each entry would cost more than judging it.</summary>
    private const int FullQueue = 4_096;

    /// <summary>From here on a queue is too long to be judged while everything stops.</summary>
    private const int LongQueue = 100;

    /// <summary>How many entries are kept by default.</summary>
    public const int DefaultCapacity = 50_000;

    private readonly Channel<object> _incoming = Channel.CreateUnbounded<object>();
    private readonly ConversationReferee? _referee;
    private readonly TimeProvider _time;
    private readonly JournalRecord _record;
    private readonly Task _loop;
    private TaskCompletionSource? _room;
    private volatile bool _closed;
    private volatile bool _hurry;

    /// <summary>Opens an empty journal.</summary>
    /// <param name="referee">Judges the messages, this journal's alone; <see langword="null"/> leaves all unjudged.</param>
    /// <param name="time">Gives the instants.</param>
    /// <param name="capacity">How many entries are kept.</param>
    public Journal(ConversationReferee? referee, TimeProvider time, int capacity = DefaultCapacity)
    {
        _referee = referee;
        _time = time;
        _record = new JournalRecord(capacity, MaxPayloadBytes);
        _loop = KeepAsync();
    }

    /// <summary>The sequence number that the next entry will have.</summary>
    public long Next => _record.Next;

    /// <summary>How many bytes of payload are kept at most, whatever the number of entries: 256 MiB.</summary>
    public const long MaxPayloadBytes = 256L << 20;

    /// <summary>How many of the oldest entries are no longer kept.</summary>
    public long Forgotten => _record.First;

    /// <summary>The entries from a sequence number on, as far as they are kept.</summary>
    public IReadOnlyList<JournalEntry> Snapshot(long from = 0) => _record.Read(from, int.MaxValue);

    /// <inheritdoc/>
    public ValueTask ObserveAsync(BusObservation observation) => RecordAsync(new JournalEntry
    {
        At = _time.GetUtcNow(),
        Kind = (JournalKind)observation.Kind,
        Who = observation.ClientId,
        Topic = observation.Topic,
        Payload = observation.Payload,
        Qos = observation.Qos,
        Retain = observation.Retain,
        Detail = observation.Detail,
    });

    /// <summary>Records what the twins say, an event or an error in Ditto's form, and errors of the live channel. Everything else is seen on the bus.</summary>
    public void Take(Signal signal)
    {
        if (signal.Topic.Channel != TopicPath.TwinChannel && signal.Topic.Criterion != Criterion.Errors)
            return;
        Record(new JournalEntry
        {
            At = _time.GetUtcNow(),
            Kind = signal.Envelope.Status is null ? JournalKind.TwinEvent : JournalKind.TwinError,
            Who = signal.Topic.Channel,
            Payload = signal.Utf8,
        });
    }

    /// <inheritdoc/>
    public async ValueTask RoomAsync()
    {
        while (_incoming.Reader.Count >= FullQueue)
        {
            var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var room = Interlocked.CompareExchange(ref _room, mine, null) ?? mine;
            if (_incoming.Reader.Count >= FullQueue)
                await room.Task;
        }
    }

    /// <summary>Waits until everything that was handed in before stands in the record.</summary>
    /// <exception cref="ChannelClosedException">The journal is closed, or a defect has ended it, which is the inner exception.</exception>
    public async Task SettleAsync()
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Record(reached);
        await reached.Task;
    }

    /// <summary>The first entry from a sequence number on that matches, as soon as there is one.</summary>
    /// <param name="matches">What is looked for.</param>
    /// <param name="from">Where to begin.</param>
    /// <param name="timeout">How long to wait for it.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The entry, or <see langword="null"/> if none came in time, or the journal was closed without one.</returns>
    public async Task<JournalEntry?> FirstAsync(
        Func<JournalEntry, bool> matches, long from, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        var late = false;
        await using var interruption = cancellationToken.Register(_record.Wake);
        await using var timer = _time.CreateTimer(
            _ =>
            {
                Volatile.Write(ref late, true);
                _record.Wake();
            },
            null,
            timeout,
            Timeout.InfiniteTimeSpan);
        while (true)
        {
            var changed = _record.Changed;
            var isLate = Volatile.Read(ref late) || _closed;
            foreach (var entry in _record.Read(from, int.MaxValue))
            {
                if (matches(entry))
                    return entry;
                from = entry.Sequence + 1;
            }

            if (isLate)
                return null;
            cancellationToken.ThrowIfCancellationRequested();
            await changed;
        }
    }

    /// <summary>All entries from a sequence number on, and each further one as it comes, until the journal is closed.</summary>
    /// <remarks>Who falls behind by more than the journal keeps misses the forgotten ones, which the gap in the sequence numbers tells.</remarks>
    public async IAsyncEnumerable<JournalEntry> FollowAsync(long from = 0)
    {
        while (true)
        {
            var changed = _record.Changed;
            var closed = _closed;
            foreach (var entry in _record.Read(from, 1_000))
            {
                yield return entry;
                from = entry.Sequence + 1;
            }

            if (from < _record.Next)
                continue;
            if (closed)
                yield break;
            await changed;
        }
    }

    /// <summary>The end is near: what waits in a long queue is recorded without a judgement, so that stopping does not take the time of judging it.</summary>
    public void Hurry() => _hurry = true;

    /// <summary>Closes the journal when everything handed in stands in the record; followers come to their end.</summary>
    /// <remarks>If the referee has thrown an exception, a defect of the harness, it comes out here; from then on nothing was taken.</remarks>
    public async ValueTask DisposeAsync()
    {
        _incoming.Writer.TryComplete();
        await _loop;
    }

    private async ValueTask RecordAsync(JournalEntry entry)
    {
        await RoomAsync();
        Record(entry);
    }

    private void Record(object item)
    {
        if (!_incoming.Writer.TryWrite(item))
            throw new ChannelClosedException(_incoming.Reader.Completion.Exception?.InnerException);
    }

    private async Task KeepAsync()
    {
        try
        {
            await _incoming.Reader.ForEachAsync(WriteAsync);
        }
        catch (Exception defect)
        {
            _incoming.Writer.TryComplete(defect); // whoever hands in something more is told, instead of waiting for room
            while (_incoming.Reader.TryRead(out var item))
                (item as TaskCompletionSource)?.TrySetException(defect);
            throw;
        }
        finally
        {
            _closed = true;
            _record.Wake();
            GiveRoom();
        }
    }

    private ValueTask WriteAsync(object item)
    {
        if (item is JournalEntry entry)
            _record.Append(entry, Judge(entry));
        else
            ((TaskCompletionSource)item).TrySetResult();
        if (Volatile.Read(ref _room) is not null && _incoming.Reader.Count <= FullQueue / 2)
            GiveRoom();
        return ValueTask.CompletedTask;
    }

    private void GiveRoom() => Interlocked.Exchange(ref _room, null)?.TrySetResult();

    private Judgement Judge(JournalEntry entry) => entry.Kind switch
    {
        _ when _referee is null || (_hurry && _incoming.Reader.Count > LongQueue) => Judgement.None,
        JournalKind.Publish or JournalKind.TwinEvent or JournalKind.TwinError =>
            _referee.Judge(new SeenMessage(entry.At, entry.Topic, entry.Payload) { Who = entry.Who }),
        _ => Judgement.None,
    };
}

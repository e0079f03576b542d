using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Twins;

/// <summary>
/// The last changes of twins: at most so many of each, and of all together at most so many bytes; the oldest are forgotten first. A twin that
/// was only created costs nothing, for its first event is what it is now.
/// </summary>
/// <param name="present">Finds a twin as it is now.</param>
internal sealed class TwinHistory(Func<ThingId, Thing?> present)
{
    /// <summary>How many changes of one twin are kept.</summary>
    public const int MaxChanges = 1_000;

    /// <summary>About how many bytes all of them may take.</summary>
    public const long MaxSize = 16 << 20;

    // What an entry takes besides the JSON in it; parsed JSON takes about three times its text.
    private const int Fixed = 512;
    private const int Parsed = 3;

    private readonly Lock _gate = new();
    private readonly Dictionary<ThingId, Queue<LinkedListNode<(HistoryEntry Entry, long Size)>>> _kept = [];
    private readonly LinkedList<(HistoryEntry Entry, long Size)> _oldestFirst = [];

    // Twins of which nothing is kept and whose present state is not that of their creation.
    private readonly HashSet<ThingId> _forgotten = [];
    private long _size;

    /// <summary>Keeps a change. This is called before the twin's new state can be found.</summary>
    public void Keep(TwinChange change, DateTimeOffset at)
    {
        var id = change.Topic.ThingId;
        lock (_gate)
        {
            if (!_kept.ContainsKey(id))
            {
                if (change.Before is not { } before)
                {
                    _forgotten.Remove(id);
                    return;
                }

                Add(Only(before), before.Length);
            }

            Add(Of(change, at), SizeOf(change));
        }
    }

    /// <summary>A twin comes back after a restart: how it came to be as it is, is not known.</summary>
    public void Forget(ThingId id)
    {
        lock (_gate)
            _forgotten.Add(id);
    }

    /// <summary>What is known of a twin, the oldest first, its present state last; empty if there is no such twin.</summary>
    public ImmutableArray<HistoryEntry> Of(ThingId id)
    {
        lock (_gate)
        {
            if (_kept.TryGetValue(id, out var nodes))
                return [.. nodes.Select(n => n.Value.Entry)];
            return present(id) is { } thing ? [Only(thing)] : [];
        }
    }

    private HistoryEntry Only(Thing thing) =>
        new(thing, thing.Revision, thing.Modified) { Action = _forgotten.Contains(thing.Id) ? null : "created", Metadata = thing.Metadata };

    private static HistoryEntry Of(TwinChange change, DateTimeOffset at) =>
        new(change.After ?? change.Before!, change.Event.Revision!.Value, at, change.After is null)
        {
            Action = change.Topic.Action,
            Path = change.Command.Path,
            Patch = change.Topic.Action == "merged" ? change.Event.Value : null,
            Metadata = change.Event.Metadata,
        };

    private void Add(HistoryEntry entry, long size)
    {
        var id = entry.Thing.Id;
        size = Fixed + (Parsed * size);
        if (!_kept.TryGetValue(id, out var nodes))
            _kept[id] = nodes = [];
        nodes.Enqueue(_oldestFirst.AddLast((entry, size)));
        _size += size;
        if (nodes.Count > MaxChanges)
            Drop(nodes.Peek());
        while (_size > MaxSize)
            Drop(_oldestFirst.First!);
    }

    /// <summary>Drops the oldest entry of its twin.</summary>
    private void Drop(LinkedListNode<(HistoryEntry Entry, long Size)> node)
    {
        var id = node.Value.Entry.Thing.Id;
        var nodes = _kept[id];
        nodes.Dequeue();
        _oldestFirst.Remove(node);
        _size -= node.Value.Size;
        if (nodes.Count > 0)
            return;
        _kept.Remove(id);
        _forgotten.Add(id);
    }

    /// <summary>What a change makes new; all else is shared with the state before.</summary>
    private static long SizeOf(TwinChange change)
    {
        var patch = change.Topic.Action == "merged" ? Length(change.Event.Value) : 0;
        return patch + Length(change.After?.Metadata) + (change.After is not { } after ? 0 : change.Command.Path switch
        {
            { Kind: ResourceKind.Feature, FeatureId: { } feature } => Length(after.Feature(feature)),
            { Kind: ResourceKind.Attributes } => Length(after.Attributes),
            { Kind: ResourceKind.Thing or ResourceKind.Features } => Length(change.Event.Value),
            _ => 0,
        });
    }

    private static long Length(JsonElement? json) => json is { } value ? JsonMarshal.GetRawUtf8Value(value).Length : 0;
}

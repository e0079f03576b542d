using System.Diagnostics.CodeAnalysis;

namespace Leda.Harness.Simulator.Referee.Memory;

/// <summary>What is remembered of many: the oldest is forgotten when there are too many.</summary>
/// <param name="most">How many are remembered.</param>
internal sealed class Recent<TKey, TValue>(int most)
    where TKey : notnull
{
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> _byKey = [];
    private readonly LinkedList<(TKey Key, TValue Value)> _inOrder = new();

    /// <summary>Whether something was forgotten, so that absence proves nothing any more.</summary>
    public bool HasForgotten { get; private set; }

    public int Count => _byKey.Count;

    public IEnumerable<KeyValuePair<TKey, TValue>> All => _inOrder.Select(entry => KeyValuePair.Create(entry.Key, entry.Value));

    public bool Contains(TKey key) => _byKey.ContainsKey(key);

    public TValue? Find(TKey key) => _byKey.TryGetValue(key, out var node) ? node.Value.Value : default;

    public bool TryFind(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        value = _byKey.TryGetValue(key, out var node) ? node.Value.Value : default;
        return node is not null;
    }

    /// <summary>Remembers this, as the newest.</summary>
    public void Put(TKey key, TValue value)
    {
        if (_byKey.TryGetValue(key, out var node))
        {
            node.Value = (key, value);
            if (node == _inOrder.Last)
                return;
            _inOrder.Remove(node);
            _inOrder.AddLast(node);
            return;
        }

        _byKey[key] = _inOrder.AddLast((key, value));
        if (_byKey.Count <= most)
            return;
        HasForgotten = true;
        Remove(_inOrder.First!.Value.Key);
    }

    public void Remove(TKey key)
    {
        if (_byKey.Remove(key, out var node))
            _inOrder.Remove(node);
    }
}

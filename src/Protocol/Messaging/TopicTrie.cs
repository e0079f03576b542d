namespace Leda.Harness.Protocol.Messaging;

/// <summary>
/// Finds the subscriptions that a topic matches, in time that depends on the topic's levels and on the matches, not on how many
/// subscriptions there are. Looking up allocates nothing. Not safe for use from several threads at once.
/// </summary>
/// <typeparam name="T">What is kept for each filter, for example a subscription.</typeparam>
public sealed class TopicTrie<T>
    where T : notnull
{
    private readonly Node _root = new();

    /// <summary>How many values there are.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a value under a filter, after those already there; equal values are kept side by side.</summary>
    public void Add(TopicFilter filter, T value)
    {
        var node = _root;
        var rest = filter.Text.AsSpan();
        for (var more = true; more;)
            node = node.GetOrAdd(TopicFilter.NextLevel(ref rest, out more));
        (node.Values ??= []).Add(value);
        Count++;
    }

    /// <summary>Removes one value that was added under this very filter, and the branches that it leaves empty.</summary>
    /// <returns>Whether the value was there.</returns>
    public bool Remove(TopicFilter filter, T value)
    {
        var removed = Remove(_root, filter.Text, value);
        if (removed)
            Count--;
        return removed;
    }

    /// <summary>Appends the values of every filter that matches the topic; a value under two such filters comes twice.</summary>
    public void Match(ReadOnlySpan<char> topic, List<T> matches) =>
        Match(_root, topic, wildcards: !TopicFilter.IsReserved(topic), matches);

    // Recursion is bounded by TopicFilter.MaxLevels: it goes only where filters lead.
    private static void Match(Node node, ReadOnlySpan<char> rest, bool wildcards, List<T> matches)
    {
        if (wildcards)
            node.AllBelow?.CopyTo(matches);
        var level = TopicFilter.NextLevel(ref rest, out var more);
        if (node.Find(level) is { } named)
            Step(named, rest, more, matches);
        if (wildcards && node.AnyLevel is { } any)
            Step(any, rest, more, matches);
    }

    private static void Step(Node child, ReadOnlySpan<char> rest, bool more, List<T> matches)
    {
        if (more)
        {
            Match(child, rest, wildcards: true, matches);
            return;
        }

        child.CopyTo(matches);
        child.AllBelow?.CopyTo(matches); // "a/#" matches "a" as well
    }

    private static bool Remove(Node node, ReadOnlySpan<char> rest, T value)
    {
        var level = TopicFilter.NextLevel(ref rest, out var more);
        if (node.Find(level) is not { } child)
            return false;
        var removed = more ? Remove(child, rest, value) : child.Values?.Remove(value) ?? false;
        if (removed && child.IsEmpty)
            node.Forget(level);
        return removed;
    }

    /// <summary>One level of the filters. The wildcards are children like others for adding and removing, and fields for speed.</summary>
    private sealed class Node
    {
        private Dictionary<string, Node>? _children;

        public Node? AnyLevel { get; private set; }

        public Node? AllBelow { get; private set; }

        public List<T>? Values { get; set; }

        public bool IsEmpty => _children is not { Count: > 0 } && AnyLevel is null && AllBelow is null && Values is not { Count: > 0 };

        public Node? Find(ReadOnlySpan<char> level) => level switch
        {
            "+" => AnyLevel,
            "#" => AllBelow,
            _ when _children is null => null,
            _ => _children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(level, out var child) ? child : null,
        };

        public Node GetOrAdd(ReadOnlySpan<char> level) => level switch
        {
            _ when Find(level) is { } child => child,
            "+" => AnyLevel = new Node(),
            "#" => AllBelow = new Node(),
            _ => (_children ??= new(StringComparer.Ordinal))[level.ToString()] = new Node(),
        };

        public void Forget(ReadOnlySpan<char> level)
        {
            if (level is "+")
                AnyLevel = null;
            else if (level is "#")
                AllBelow = null;
            else
                _children!.GetAlternateLookup<ReadOnlySpan<char>>().Remove(level);
        }

        public void CopyTo(List<T> matches)
        {
            if (Values is not null)
                matches.AddRange(Values);
        }
    }
}

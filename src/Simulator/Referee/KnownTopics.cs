using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Referee;

/// <summary>Topics of envelopes that were read before: devices repeat few. Safe for use from several threads.</summary>
internal sealed class KnownTopics
{
    private const int Most = 1_000; // some for each of the things that a conversation remembers
    private const int Longest = 500;

    private readonly ConcurrentDictionary<string, TopicPath> _known = new(StringComparer.Ordinal);
    private int _count;

    /// <inheritdoc cref="TopicPath.TryParse"/>
    public bool TryParse(string text, out TopicPath topic, [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        if (_known.TryGetValue(text, out topic))
            return true;
        if (!TopicPath.TryParse(text, out topic, out problem))
            return false;
        if (text.Length <= Longest)
            Keep(text, topic);
        return true;
    }

    private void Keep(string text, TopicPath topic)
    {
        if (Interlocked.Increment(ref _count) > Most)
        {
            _known.Clear();
            Volatile.Write(ref _count, 1);
        }

        _known[text] = topic;
    }
}

namespace Leda.Harness.Simulator.Referee.Contract;

/// <summary>MQTT topics of one kind: <c>&lt;domain&gt;update/desiredstate</c> stands for those whose first segment ends in <c>update</c>.</summary>
internal sealed class TopicPattern(string pattern)
{
    private readonly string[] _segments = pattern.Split('/');
    private readonly string _end = pattern[(pattern.LastIndexOf('>') + 1)..]; // tells nearly all other topics apart at once

    public static bool IsOne(string topic) => topic.Contains('<');

    public bool Matches(ReadOnlySpan<char> topic)
    {
        if (!topic.EndsWith(_end))
            return false;
        var next = 0;
        foreach (var range in topic.Split('/'))
        {
            if (next == _segments.Length || !Matches(_segments[next], topic[range]))
                return false;
            next++;
        }

        return next == _segments.Length;
    }

    private static bool Matches(string expected, ReadOnlySpan<char> segment)
    {
        if (expected[0] != '<')
            return segment.SequenceEqual(expected);
        var tail = expected.AsSpan(expected.IndexOf('>') + 1);
        return segment.Length > tail.Length && segment.EndsWith(tail);
    }
}

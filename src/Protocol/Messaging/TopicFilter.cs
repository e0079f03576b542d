using System.Diagnostics.CodeAnalysis;

namespace Leda.Harness.Protocol.Messaging;

/// <summary>
/// What a client subscribes to: a topic with wildcards, <c>+</c> for one level and <c>#</c> for all that follow (MQTT 3.1.1 and 5,
/// section 4.7). Empty levels are levels: <c>command//x/req//y</c> has six. Shared subscriptions (<c>$share/…</c>) are refused, as a
/// 3.1.1 broker has none and no agent of the platform uses them.
/// </summary>
public readonly record struct TopicFilter
{
    /// <summary>Most levels in a filter, the limit that mosquitto has too; it bounds the depth of every <see cref="TopicTrie{T}"/>.</summary>
    public const int MaxLevels = 200;

    private TopicFilter(string text) => Text = text;

    /// <summary>The filter as it is on the wire.</summary>
    public string Text { get; }

    /// <summary>Reads a filter strictly.</summary>
    /// <param name="text">The filter.</param>
    /// <param name="filter">The result.</param>
    /// <param name="problem">Which level is wrong and how, for people.</param>
    public static bool TryParse(string? text, out TopicFilter filter, [NotNullWhen(false)] out string? problem)
    {
        problem = Check(text);
        filter = problem is null ? new TopicFilter(text!) : default;
        return problem is null;
    }

    /// <summary>Reads a filter that is known to be good.</summary>
    /// <exception cref="FormatException">The text is no filter; the message names the bad level.</exception>
    public static TopicFilter Parse(string text) =>
        TryParse(text, out var filter, out var problem) ? filter : throw new FormatException(problem);

    /// <summary>Whether a message on this topic is meant. A leading wildcard does not match topics that begin with <c>$</c>.</summary>
    public bool Matches(ReadOnlySpan<char> topic)
    {
        var filter = Text.AsSpan();
        if (IsReserved(topic) && filter[0] is '+' or '#')
            return false;
        while (true)
        {
            var level = NextLevel(ref filter, out var moreFilter);
            if (level is "#")
                return true;
            var name = NextLevel(ref topic, out var moreTopic);
            if (level is not "+" && !level.SequenceEqual(name))
                return false;
            if (!moreTopic)
                return !moreFilter || filter is "#";
            if (!moreFilter)
                return false;
        }
    }

    /// <summary>The filter as it is on the wire.</summary>
    public override string ToString() => Text;

    /// <summary>Whether leading wildcards keep out of this topic.</summary>
    internal static bool IsReserved(ReadOnlySpan<char> topic) => topic.StartsWith('$');

    /// <summary>Cuts the first level off; <paramref name="more"/> says whether another follows, which may be empty.</summary>
    internal static ReadOnlySpan<char> NextLevel(ref ReadOnlySpan<char> rest, out bool more)
    {
        var slash = rest.IndexOf('/');
        more = slash >= 0;
        var level = more ? rest[..slash] : rest;
        rest = more ? rest[(slash + 1)..] : default;
        return level;
    }

    private static string? Check(string? text)
    {
        if (TopicName.CheckText(text, "filter") is { } problem)
            return problem;
        if (text!.StartsWith("$share/", StringComparison.Ordinal))
            return $"the filter '{text}' is a shared subscription, which this bus does not have; subscribe to the plain filter";
        var rest = text.AsSpan();
        var more = true;
        for (var number = 1; more; number++)
        {
            var level = NextLevel(ref rest, out more);
            if (number > MaxLevels)
                return $"the filter has more than {MaxLevels} levels";
            if (level.Length > 1 && level.ContainsAny('+', '#'))
                return $"level {number} of the filter '{text}' is '{level}'; a wildcard must be a level of its own";
            if (level is "#" && more)
                return $"the filter '{text}' goes on after '#', which must come last";
        }

        return null;
    }
}

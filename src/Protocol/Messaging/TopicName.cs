using System.Text;

namespace Leda.Harness.Protocol.Messaging;

/// <summary>The rules for the topic of a message (MQTT 3.1.1, section 4.7): a name, as opposed to a <see cref="TopicFilter"/>.</summary>
public static class TopicName
{
    /// <summary>Longest topic or filter, in bytes of UTF-8.</summary>
    public const int MaxBytes = 65_535;

    /// <summary>Says what is wrong with a topic to publish on, or null if nothing is.</summary>
    public static string? Check(string? topic)
    {
        if (CheckText(topic, "topic") is { } problem)
            return problem;
        if (topic.AsSpan().ContainsAny('+', '#'))
            return $"the topic '{topic}' has a wildcard; '+' and '#' belong in subscriptions only";
        if (topic!.StartsWith("$SYS", StringComparison.Ordinal))
            return $"the topic '{topic}' belongs to the broker; clients publish outside of '$SYS'";
        return null;
    }

    internal static string? CheckText(string? text, string what)
    {
        if (string.IsNullOrEmpty(text))
            return $"the {what} is empty; expected at least one character";
        if (text.Contains('\0', StringComparison.Ordinal))
            return $"the {what} '{text.Replace("\0", "\\0", StringComparison.Ordinal)}' has a null character";
        if (text.Length > MaxBytes / 3 && Encoding.UTF8.GetByteCount(text) > MaxBytes)
            return $"the {what} is longer than {MaxBytes} bytes";
        return null;
    }
}

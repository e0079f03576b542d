using System.Diagnostics.CodeAnalysis;

namespace Leda.Harness.Protocol.Ditto;

/// <summary>
/// The path of a live message, <c>[/features/id]/(inbox|outbox)/messages/subject</c> (<c>ditto.md</c> 3.1).
/// </summary>
/// <param name="FeatureId">The feature, or <see langword="null"/> for a message of the thing itself.</param>
/// <param name="Direction">To or from it.</param>
/// <param name="Subject">The operation's name; may contain slashes.</param>
public readonly record struct MessagePath(string? FeatureId, MessageDirection Direction, string Subject)
{
    private const string Features = "/features/";

    /// <summary>Reads a message path.</summary>
    /// <param name="text">The path.</param>
    /// <param name="path">The result.</param>
    /// <param name="problem">What is wrong, for people.</param>
    public static bool TryParse(string? text, out MessagePath path, [NotNullWhen(false)] out string? problem)
    {
        path = default;
        var rest = text ?? "";
        string? feature = null;
        if (rest.StartsWith(Features, StringComparison.Ordinal))
        {
            var end = rest.IndexOf('/', Features.Length);
            if (end <= Features.Length)
            {
                problem = $"the path '{text}' names no feature and no message";
                return false;
            }

            feature = rest[Features.Length..end];
            rest = rest[end..];
        }

        MessageDirection direction;
        if (rest.StartsWith("/inbox/messages/", StringComparison.Ordinal))
            direction = MessageDirection.Inbox;
        else if (rest.StartsWith("/outbox/messages/", StringComparison.Ordinal))
            direction = MessageDirection.Outbox;
        else
        {
            problem = $"the path '{text}' is no message path; expected [/features/<id>]/(inbox|outbox)/messages/<subject>";
            return false;
        }

        var subject = rest[(rest.IndexOf("/messages/", StringComparison.Ordinal) + "/messages/".Length)..];
        if (subject.Length == 0)
        {
            problem = $"the path '{text}' has no subject after 'messages'";
            return false;
        }

        problem = null;
        path = new MessagePath(feature, direction, subject);
        return true;
    }

    /// <summary>Reads a message path that is known to be good.</summary>
    /// <exception cref="FormatException">The text is no message path.</exception>
    public static MessagePath Parse(string text) =>
        TryParse(text, out var path, out var problem) ? path : throw new FormatException(problem);

    /// <summary>The same message, answered: <c>outbox</c> in place of <c>inbox</c>.</summary>
    public MessagePath ToOutbox() => this with { Direction = MessageDirection.Outbox };

    /// <summary>The path as text.</summary>
    public override string ToString()
    {
        var box = Direction == MessageDirection.Inbox ? "inbox" : "outbox";
        return FeatureId is null ? $"/{box}/messages/{Subject}" : $"{Features}{FeatureId}/{box}/messages/{Subject}";
    }
}

using System.Diagnostics.CodeAnalysis;

namespace Leda.Harness.Protocol.Ditto;

/// <summary>
/// The routing line of an envelope, <c>namespace/name/things/channel/criterion[/action or subject]</c>
/// (Eclipse Ditto, <c>ditto.md</c> 1.2). A leading slash means an empty namespace.
/// </summary>
/// <param name="ThingId">The thing that is addressed; <see cref="Ditto.ThingId.Any"/> for <c>_/_</c>, which names none.</param>
/// <param name="Channel"><see cref="TwinChannel"/> or <see cref="LiveChannel"/>.</param>
/// <param name="Criterion">What kind of signal this is.</param>
/// <param name="Action">The action (<c>modify</c>), the message's subject (may contain slashes), or empty where the criterion has none.</param>
public readonly record struct TopicPath(ThingId ThingId, string Channel, Criterion Criterion, string Action)
{
    /// <summary>Commands and events that concern the twin's stored state.</summary>
    public const string TwinChannel = "twin";

    /// <summary>Messages that are meant for the device itself.</summary>
    public const string LiveChannel = "live";

    private const string Things = "things";

    private static readonly string[] _commands = ["create", "retrieve", "modify", "merge", "delete", "migrate", "checkPermissions"];
    private static readonly string[] _events = ["created", "modified", "merged", "deleted", "migrated"];

    /// <summary>The topic of a twin command, for example <c>…/things/twin/commands/modify</c>.</summary>
    public static TopicPath TwinCommand(ThingId thing, string action) => new(thing, TwinChannel, Criterion.Commands, action);

    /// <summary>The topic of a twin event, for example <c>…/things/twin/events/modified</c>.</summary>
    public static TopicPath TwinEvent(ThingId thing, string action) => new(thing, TwinChannel, Criterion.Events, action);

    /// <summary>The topic of a live message, <c>…/things/live/messages/subject</c>.</summary>
    public static TopicPath LiveMessage(ThingId thing, string subject) => new(thing, LiveChannel, Criterion.Messages, subject);

    /// <summary>Reads a topic strictly.</summary>
    /// <param name="text">The topic.</param>
    /// <param name="topic">The result.</param>
    /// <param name="problem">Which segment is missing or unknown, for people (Ditto: <c>protocoladapter:unknown.topicpath</c>).</param>
    public static bool TryParse(string? text, out TopicPath topic, [NotNullWhen(false)] out string? problem)
    {
        topic = default;
        var parts = (text ?? "").Split('/', 6);
        if (parts.Length < 5)
        {
            problem = $"the topic '{text}' is too short; expected <namespace>/<name>/things/<twin|live>/<criterion>/<action>";
            return false;
        }

        if (!TryReadId(parts[0], parts[1], out var thing, out problem))
            return false;
        var action = parts.Length > 5 ? parts[5] : "";
        problem = CheckGroup(parts[2]) ?? CheckChannel(parts[3]) ?? CheckAction(parts[4], action, out var criterion);
        if (problem is not null)
            return false;
        topic = new TopicPath(thing, parts[3], CriterionNames.Parse(parts[4]) ?? default, action);
        return true;
    }

    /// <summary>Reads a topic that is known to be good.</summary>
    /// <exception cref="FormatException">The text is no topic; the message names the bad segment.</exception>
    public static TopicPath Parse(string text) =>
        TryParse(text, out var topic, out var problem) ? topic : throw new FormatException(problem);

    /// <summary>The topic as text.</summary>
    public override string ToString()
    {
        var head = $"{ThingId.Namespace}/{ThingId.Name}/{Things}/{Channel}/{Criterion.ToWire()}";
        return Action.Length == 0 ? head : $"{head}/{Action}";
    }

    private static bool TryReadId(string @namespace, string name, out ThingId thing, [NotNullWhen(false)] out string? problem)
    {
        thing = ThingId.Any;
        problem = null;
        return (@namespace, name) == ("_", "_") || ThingId.TryParse($"{@namespace}:{name}", out thing, out problem);
    }

    private static string? CheckGroup(string group) =>
        group == Things ? null : $"the group '{group}' is unknown; expected 'things'";

    private static string? CheckChannel(string channel) =>
        channel is TwinChannel or LiveChannel ? null : $"the channel '{channel}' is unknown; expected 'twin' or 'live'";

    private static string? CheckAction(string name, string action, out Criterion? criterion)
    {
        criterion = CriterionNames.Parse(name);
        return criterion switch
        {
            null => $"the criterion '{name}' is unknown; expected one of {CriterionNames.All}",
            Criterion.Commands when !_commands.Contains(action) => $"the command '{action}' is unknown; expected one of {string.Join(", ", _commands)}",
            Criterion.Events when !_events.Contains(action) => $"the event '{action}' is unknown; expected one of {string.Join(", ", _events)}",
            Criterion.Messages when action.Length == 0 => "the message has no subject",
            Criterion.Errors when action.Length > 0 => $"an error topic ends after 'errors', not with '{action}'",
            _ => null,
        };
    }
}

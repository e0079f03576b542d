using System.Text.Json;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Simulator.Referee.Memory;

/// <summary>What an update manager and an agent say to each other, on <c>&lt;domain&gt;update/…</c> or through the feature UpdateManager.</summary>
/// <param name="Domain">Whose update it is: the start of the topic, or the thing.</param>
/// <param name="Kind"><c>desiredstate</c>, <c>desiredstatefeedback</c>, <c>currentstate</c> …</param>
/// <param name="ActivityId">The activity; <see langword="null"/> if absent.</param>
/// <param name="Content">The payload.</param>
/// <param name="At">Where the envelope of the activity stands.</param>
/// <param name="ContentAt">Where the payload stands.</param>
internal sealed record UpdateNote(string Domain, string Kind, string? ActivityId, JsonElement? Content, string At, string ContentAt)
{
    public const string DesiredState = "desiredstate";
    public const string Feedback = "desiredstatefeedback";
    public const string CurrentState = "currentstate";

    private static readonly FeaturePlace _inventory = new("/properties/inventory");

    /// <summary>Reads a message; <see langword="null"/> if it is about no update.</summary>
    public static UpdateNote? Of(SeenMessage message, Signal? signal) => signal is null ? OfTopic(message) : OfFeature(signal);

    private static UpdateNote? OfTopic(SeenMessage message)
    {
        var slash = message.Topic.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !message.Topic.AsSpan(0, slash).EndsWith("update"))
            return null;
        var kind = message.Topic[(slash + 1)..] switch
        {
            "desiredstate" or "desiredstate/command" => DesiredState,
            Feedback => Feedback,
            CurrentState => CurrentState,
            "currentstate/get" => "get",
            _ => null,
        };
        if (kind is null || !JsonText.TryParse(message.Payload.Span, out var json, out _))
            return null;
        return new UpdateNote(message.Topic[..slash], kind, json.Text("activityId"u8), json.Member("payload"u8), "", "/payload");
    }

    private static UpdateNote? OfFeature(Signal signal)
    {
        if (signal is { Message: { FeatureId: { } feature } path, Envelope: { Value: { } value, Status: null } } && signal.FamilyOf(feature) == FeatureFamily.UpdateManager)
        {
            var domain = signal.Topic.ThingId.ToString();
            return path.Subject switch
            {
                "apply" => new UpdateNote(domain, DesiredState, value.Text("activityId"u8), value.Member("desiredState"u8), "/value", "/value/desiredState"),
                "refresh" => new UpdateNote(domain, "get", value.Text("activityId"u8), null, "/value", ""),
                "feedback" => new UpdateNote(domain, Feedback, value.Text("activityId"u8), value.Member("desiredStateFeedback"u8), "/value", "/value/desiredStateFeedback"),
                _ => null,
            };
        }

        foreach (var part in signal.Features)
        {
            if (part.Family == FeatureFamily.UpdateManager && part.Find(_inventory) is { } inventory)
                return new UpdateNote(signal.Topic.ThingId.ToString(), CurrentState, null, inventory.Value, part.At, inventory.At);
        }

        return null;
    }
}

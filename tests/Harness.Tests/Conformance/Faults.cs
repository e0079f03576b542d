using System.Text.Json.Nodes;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Hono;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Tests.Conformance;

/// <summary>What defects are made of.</summary>
internal static class Faults
{
    public const string Software = "/features/SoftwareUpdatable";
    public const string Dependencies = $"{Software}/properties/status/installedDependencies";
    public const string Last = $"{Software}/properties/status/lastOperation";
    public const string LastFailed = $"{Software}/properties/status/lastFailedOperation";

    public static Defect Rewriting(string name, string requirement, Action<BusMessage, JsonNode> edit) =>
        new(name, requirement) { Out = m => Now(IsEnvelope(m) ? m with { Payload = Edited(m, e => edit(m, e)) } : m) };

    public static Defect Omitting(string name, string requirement, Func<BusMessage, bool> omits) =>
        new(name, requirement) { Out = m => omits(m) ? [] : Now(m) };

    public static Defect Twice(string name, string requirement, Func<BusMessage, int, bool> doubles, TimeSpan delay) =>
        new(name, requirement) { Out = m => doubles(m, 0) ? [(TimeSpan.Zero, m), (delay, m)] : Now(m) };

    public static Defect Late(string name, string requirement, Func<BusMessage, bool> delays) =>
        new(name, requirement) { Out = m => delays(m) ? [(TimeSpan.FromSeconds(15), m)] : Now(m) };

    /// <summary>The message of that kind goes out after the next one about the same operation.</summary>
    public static Func<BusMessage, IEnumerable<(TimeSpan, BusMessage)>> Swapped(Func<BusMessage, bool> isFirst)
    {
        BusMessage? held = null;
        return m =>
        {
            if (isFirst(m))
            {
                held = m;
                return [];
            }

            if (held is not { } first || PathOf(m) is not (Last or LastFailed))
                return Now(m);
            held = null;
            return [(TimeSpan.Zero, m), (TimeSpan.Zero, first)];
        };
    }

    public static Func<BusMessage, BusMessage> FirstAnnouncementOnly()
    {
        BusMessage? first = null;
        return m => m.Topic == EdgeTopics.ThingResponse ? first ??= m : m;
    }

    public static Func<BusMessage, BusMessage> EachAnnouncementNew()
    {
        var count = 0;
        return m => m.Topic == EdgeTopics.ThingResponse && GatewayIdentity.TryParse(m.Payload.Span, out var identity, out _) && identity.DeviceId.Length > 0
            ? new BusMessage(m.Topic, (identity with { PolicyId = $"faulty:{count++}" }).ToUtf8())
            : m;
    }

    public static IEnumerable<BusMessage> AnswerToOneWay(BusMessage command)
    {
        if (!DeviceTopic.TryParse(command.Topic, out var topic, out _) || topic.Kind != DeviceTopicKind.CommandRequest || topic.RequestId.Length == 0
            || !Envelope.TryParse(command.Payload.Span, out var envelope, out _) || envelope.Headers.ResponseRequired != false)
            return [];
        var answer = envelope with
        {
            Headers = DittoHeaders.Of(envelope.Headers.CorrelationId),
            Path = envelope.Path.Replace("/inbox/", "/outbox/", StringComparison.Ordinal),
            Value = null,
            Status = 204,
        };
        return [new BusMessage(topic.Response(204).ToString(), answer.ToUtf8())];
    }

    public static IEnumerable<(TimeSpan, BusMessage)> Now(BusMessage message) => [(TimeSpan.Zero, message)];

    public static void OnState(JsonNode envelope, Action<JsonObject> edit)
    {
        var path = PathIn(envelope);
        if (!path.StartsWith("/features/Container:", StringComparison.Ordinal))
            return;
        var state = path.EndsWith("/status/state", StringComparison.Ordinal) ? envelope["value"] : envelope["value"] is JsonObject value ? value["properties"]?["status"]?["state"] : null;
        if (state is JsonObject found)
            edit(found);
    }

    public static bool IsEnvelope(BusMessage message) => message.Topic.StartsWith("e/", StringComparison.Ordinal) || IsAnswer(message);

    public static bool IsAnswer(BusMessage message) => message.Topic.StartsWith("command//", StringComparison.Ordinal);

    public static int Status(BusMessage message) => DeviceTopic.Parse(message.Topic).Status;

    public static bool Answers(BusMessage message, string operation) =>
        IsAnswer(message) && PathOf(message).EndsWith($"/messages/{operation}", StringComparison.Ordinal);

    public static bool IsStateUpdate(BusMessage message) => PathOf(message).EndsWith("/properties/status/state", StringComparison.Ordinal);

    public static string PathOf(BusMessage message) => Envelope.TryParse(message.Payload.Span, out var envelope, out _) ? envelope.Path : "";

    public static string? Operation(BusMessage message) =>
        PathOf(message) == Last ? JsonNode.Parse(message.Payload.Span)!["value"]!["status"]!.GetValue<string>() : null;

    public static string PathIn(JsonNode envelope) => envelope["path"]!.GetValue<string>();

    public static byte[] Edited(BusMessage message, Action<JsonNode> edit)
    {
        var envelope = JsonNode.Parse(message.Payload.Span)!;
        edit(envelope);
        return System.Text.Encoding.UTF8.GetBytes(envelope.ToJsonString());
    }

    /// <summary>An answer with another status, in the topic and in the envelope.</summary>
    public static BusMessage Answered(BusMessage message, int status) =>
        message with { Topic = $"{message.Topic[..^3]}{status}", Payload = Edited(message, e => e["status"] = status) };

    public static Defect Redirecting(string name, string requirement, Func<BusMessage, bool> matters, Func<string, string> topic) =>
        new(name, requirement) { Out = m => Now(matters(m) ? m with { Topic = topic(m.Topic) } : m) };

    public static void OnStatus(JsonNode envelope, Action<JsonObject> edit)
    {
        if (PathIn(envelope).StartsWith("/features/Container:", StringComparison.Ordinal) && envelope["value"] is JsonObject value && value["properties"]?["status"] is JsonObject status)
            edit(status);
    }

    public static void OnMetrics(JsonNode envelope, Action<JsonObject> edit)
    {
        if (PathIn(envelope) != "/features/Metrics/outbox/messages/data")
            return;
        foreach (var snapshot in envelope["value"]!["snapshot"]!.AsArray())
            edit(snapshot!.AsObject());
    }

    public static void OnOperation(JsonNode envelope, Action<JsonObject> edit)
    {
        if (PathIn(envelope) is Last or LastFailed)
            edit(envelope["value"]!.AsObject());
    }

    public static void Rename(JsonObject json, string from, string to)
    {
        if (!json.TryGetPropertyValue(from, out var value))
            return;
        json.Remove(from);
        json[to] = value;
    }

    public static bool IsUplink(BusMessage message) => message.Topic.StartsWith("e/", StringComparison.Ordinal);

    public static bool IsState(BusMessage message, string word) => IsStateUpdate(message) && message.Text.Contains($"\"{word}\"", StringComparison.Ordinal);
}

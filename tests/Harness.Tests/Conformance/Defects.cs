using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Hono;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Tests.Conformance;

/// <summary>The defects that the suite has to name.</summary>
internal static class Defects
{
    private const string Dependencies = "/features/SoftwareUpdatable/properties/status/installedDependencies";
    private const string Last = "/features/SoftwareUpdatable/properties/status/lastOperation";
    private const string LastFailed = "/features/SoftwareUpdatable/properties/status/lastFailedOperation";

    public static IEnumerable<Defect> All =>
    [
        Rewriting("state in small letters", "ST-01", (_, e) => OnState(e, s => s["status"] = s["status"]!.GetValue<string>().ToLowerInvariant())),
        Rewriting("state without pid", "ST-02", (_, e) => OnState(e, s => s.Remove("pid"))),
        new Defect("statuses in the wrong order", "SU-03") { Out = Swapped(m => Operation(m) == "DOWNLOADED") },
        Twice("two answers", "RS-01", (m, _) => Answers(m, "pause"), TimeSpan.Zero),
        Late("an answer that comes late", "RS-02", m => Answers(m, "pause")),
        Rewriting("answers on the inbox path", "RS-06", (m, e) =>
        {
            if (IsAnswer(m) && Status(m) < 300)
                e["path"] = e["path"]!.GetValue<string>().Replace("/outbox/", "/inbox/", StringComparison.Ordinal);
        }),
        new Defect("start is answered with 202", "OP-05")
        {
            Out = m => Now(Answers(m, "start") && Status(m) == 204
                ? new BusMessage(m.Topic[..^3] + "202", Edited(m, e => e["status"] = 202), m.Qos, m.Retain)
                : m),
        },
        Rewriting("answers without correlation id", "RS-03", (m, e) =>
        {
            if (IsAnswer(m))
                e["headers"]!.AsObject().Remove("correlation-id");
        }),
        Rewriting("another version of ContainerFactory", "FE-04", (_, e) =>
        {
            if (Path(e) == "/features/ContainerFactory" && e["value"] is JsonObject value)
                value["definition"] = new JsonArray("com.bosch.iot.suite.edge.containers:ContainerFactory:1.2.0");
        }),
        Omitting("no feature Metrics", "FE-03", m => PathOf(m) == "/features/Metrics"),
        new Defect("lastOperation before lastFailedOperation", "SU-17") { Out = Swapped(m => PathOf(m) == LastFailed) },
        Rewriting("keys of dependencies with slashes", "DE-01", (_, e) =>
        {
            var value = Path(e) == Dependencies ? e["value"] : Path(e) == "/features/SoftwareUpdatable" ? e["value"]?["properties"]?["status"]?["installedDependencies"] : null;
            if (value is not JsonObject map)
                return;
            foreach (var (key, dependency) in map.ToList())
            {
                map.Remove(key);
                map[key.Replace("%2F", "/", StringComparison.Ordinal)] = dependency;
            }
        }),
        Rewriting("metrics in milliseconds", "ME-03", (_, e) =>
        {
            if (Path(e) == "/features/Metrics/outbox/messages/data")
                e["value"]!["timestamp"] = e["value"]!["timestamp"]!.GetValue<long>() * 1000;
        }),
        Omitting("no RUNNING after start", "OP-06", m => IsStateUpdate(m) && m.Text.Contains("\"RUNNING\"", StringComparison.Ordinal)),
        new Defect("no registration after a changed announcement", "HS-05") { In = FirstAnnouncementOnly() },
        new Defect("registration after the same announcement", "HS-04") { In = EachAnnouncementNew() },
        new Defect("answers to one-way commands", "OW-01") { Own = AnswerToOneWay },
        new Defect("the gateway's id in the topic", "EN-01")
        {
            Out = m => Now(m.Topic.StartsWith("e/", StringComparison.Ordinal) ? m with { Topic = m.Topic.Replace(":edge:containers", "", StringComparison.Ordinal) } : m),
        },
        Rewriting("a member of its own in the state", "ST-05", (_, e) => OnState(e, s => s["healthy"] = true)),
        Rewriting("the tenant in place of the namespace", "EN-02", (m, e) =>
        {
            if (m.Topic.StartsWith("e/", StringComparison.Ordinal))
                e["topic"] = Regex.Replace(e["topic"]!.GetValue<string>(), "^[^/]*", m.Topic.Split('/')[1]);
        }),
        Omitting("no answer to an unknown operation", "ER-01", m => Answers(m, "conform-unknown") && Status(m) == 404 && PathOf(m).StartsWith("/features/ContainerFactory/outbox/", StringComparison.Ordinal)),
        Rewriting("another status in the envelope than in the topic", "RS-05", (m, e) =>
        {
            if (IsAnswer(m) && Status(m) == 204)
                e["status"] = 200;
        }),
        Rewriting("a content type without a value", "RS-08", (m, e) =>
        {
            if (IsAnswer(m) && Status(m) == 204)
                e["headers"]!["content-type"] = "application/json";
        }),
        Rewriting("a correlation id in twin commands", "EN-04", (m, e) =>
        {
            if (m.Topic.StartsWith("e/", StringComparison.Ordinal) && e["topic"]!.GetValue<string>().Contains("/twin/", StringComparison.Ordinal))
                e["headers"]!["correlation-id"] = "mine";
        }),
        new Defect("everything retained", "EN-06") { Out = m => Now(m.Topic.StartsWith("e/", StringComparison.Ordinal) ? m with { Retain = true } : m) },
    ];

    private static Defect Rewriting(string name, string requirement, Action<BusMessage, JsonNode> edit) =>
        new(name, requirement) { Out = m => Now(IsEnvelope(m) ? m with { Payload = Edited(m, e => edit(m, e)) } : m) };

    private static Defect Omitting(string name, string requirement, Func<BusMessage, bool> omits) =>
        new(name, requirement) { Out = m => omits(m) ? [] : Now(m) };

    private static Defect Twice(string name, string requirement, Func<BusMessage, int, bool> doubles, TimeSpan delay) =>
        new(name, requirement) { Out = m => doubles(m, 0) ? [(TimeSpan.Zero, m), (delay, m)] : Now(m) };

    private static Defect Late(string name, string requirement, Func<BusMessage, bool> delays) =>
        new(name, requirement) { Out = m => delays(m) ? [(TimeSpan.FromSeconds(15), m)] : Now(m) };

    /// <summary>The message of that kind goes out after the next one about the same operation.</summary>
    private static Func<BusMessage, IEnumerable<(TimeSpan, BusMessage)>> Swapped(Func<BusMessage, bool> isFirst)
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

    private static Func<BusMessage, BusMessage> FirstAnnouncementOnly()
    {
        BusMessage? first = null;
        return m => m.Topic == EdgeTopics.ThingResponse ? first ??= m : m;
    }

    private static Func<BusMessage, BusMessage> EachAnnouncementNew()
    {
        var count = 0;
        return m => m.Topic == EdgeTopics.ThingResponse && GatewayIdentity.TryParse(m.Payload.Span, out var identity, out _) && identity.DeviceId.Length > 0
            ? new BusMessage(m.Topic, (identity with { PolicyId = $"faulty:{count++}" }).ToUtf8())
            : m;
    }

    private static IEnumerable<BusMessage> AnswerToOneWay(BusMessage command)
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

    private static IEnumerable<(TimeSpan, BusMessage)> Now(BusMessage message) => [(TimeSpan.Zero, message)];

    private static void OnState(JsonNode envelope, Action<JsonObject> edit)
    {
        var path = Path(envelope);
        if (!path.StartsWith("/features/Container:", StringComparison.Ordinal))
            return;
        var state = path.EndsWith("/status/state", StringComparison.Ordinal) ? envelope["value"] : envelope["value"] is JsonObject value ? value["properties"]?["status"]?["state"] : null;
        if (state is JsonObject found)
            edit(found);
    }

    private static bool IsEnvelope(BusMessage message) => message.Topic.StartsWith("e/", StringComparison.Ordinal) || IsAnswer(message);

    private static bool IsAnswer(BusMessage message) => message.Topic.StartsWith("command//", StringComparison.Ordinal);

    private static int Status(BusMessage message) => DeviceTopic.Parse(message.Topic).Status;

    private static bool Answers(BusMessage message, string operation) =>
        IsAnswer(message) && PathOf(message).EndsWith($"/messages/{operation}", StringComparison.Ordinal);

    private static bool IsStateUpdate(BusMessage message) => PathOf(message).EndsWith("/properties/status/state", StringComparison.Ordinal);

    private static string PathOf(BusMessage message) => Envelope.TryParse(message.Payload.Span, out var envelope, out _) ? envelope.Path : "";

    private static string? Operation(BusMessage message) =>
        PathOf(message) == Last ? JsonNode.Parse(message.Payload.Span)!["value"]!["status"]!.GetValue<string>() : null;

    private static string Path(JsonNode envelope) => envelope["path"]!.GetValue<string>();

    private static byte[] Edited(BusMessage message, Action<JsonNode> edit)
    {
        var envelope = JsonNode.Parse(message.Payload.Span)!;
        edit(envelope);
        return System.Text.Encoding.UTF8.GetBytes(envelope.ToJsonString());
    }
}

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Leda.Harness.Protocol.Messaging;
using static Leda.Harness.Tests.Conformance.Faults;

namespace Leda.Harness.Tests.Conformance;

/// <summary>The defects that the suite has to name.</summary>
internal static class Defects
{
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
            if (PathIn(e) == "/features/ContainerFactory" && e["value"] is JsonObject value)
                value["definition"] = new JsonArray("com.bosch.iot.suite.edge.containers:ContainerFactory:1.2.0");
        }),
        Omitting("no feature Metrics", "FE-03", m => PathOf(m) == "/features/Metrics"),
        new Defect("lastOperation before lastFailedOperation", "SU-17") { Out = Swapped(m => PathOf(m) == LastFailed) },
        Rewriting("keys of dependencies with slashes", "DE-01", (_, e) =>
        {
            var value = PathIn(e) == Dependencies ? e["value"] : PathIn(e) == "/features/SoftwareUpdatable" ? e["value"]?["properties"]?["status"]?["installedDependencies"] : null;
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
            if (PathIn(e) == "/features/Metrics/outbox/messages/data")
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
}

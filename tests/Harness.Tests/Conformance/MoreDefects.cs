using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Leda.Harness.Protocol.Hono;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Protocol.Messaging;
using static Leda.Harness.Tests.Conformance.Faults;

namespace Leda.Harness.Tests.Conformance;

/// <summary>Defects that keep the suite from finding what it looks for, or that show at many places: still one requirement has to name each.</summary>
internal static class MoreDefects
{
    public static IEnumerable<Defect> All => [.. OfAnswers, .. OfEnvelopes, .. OfContainers, .. OfSoftware, .. OfTheRest];

    private static IEnumerable<Defect> OfAnswers =>
    [
        Omitting("no answer to pause", "OP-08", m => Answers(m, "pause")),
        Omitting("no answers at all", "ER-01", IsAnswer),
        Omitting("no errors answered", "ER-01", m => IsAnswer(m) && Status(m) >= 400),
        Twice("all answers twice", "RS-01", (m, _) => IsAnswer(m), TimeSpan.Zero),
        Twice("a second answer that comes late", "RS-01", (m, _) => Answers(m, "pause"), TimeSpan.FromMilliseconds(500)),
        new Defect("200 in place of 204 everywhere", "OP-05") { Out = m => Now(IsAnswer(m) && Status(m) == 204 ? Answered(m, 200) : m) },
        new Defect("rename is answered with 200", "OP-16") { Out = m => Now(Answers(m, "rename") && Status(m) == 204 ? Answered(m, 200) : m) },
        Redirecting("answers with the tenant in the topic", "RS-09", IsAnswer, t => t.Replace("command//", "command/dummy-tenant-id/", StringComparison.Ordinal)),
        Redirecting("answers on the short topic", "RS-09", IsAnswer, t => t.Replace("command//", "c//", StringComparison.Ordinal).Replace("/res/", "/s/", StringComparison.Ordinal)),
        Redirecting("answers to another request id", "RS-09", IsAnswer, t => Regex.Replace(t, "/res/[^/]*/", "/res/wrong/")),
        Redirecting("pause is answered to another request id", "RS-09", m => Answers(m, "pause"), t => Regex.Replace(t, "/res/[^/]*/", "/res/wrong/")),
        Redirecting("answers without a status in the topic", "RS-09", IsAnswer, t => t[..t.LastIndexOf('/')]),
        Redirecting("answers on the topic of commands", "RS-09", IsAnswer, t => t.Replace("/res/", "/req/", StringComparison.Ordinal)),
        Redirecting("answers as events", "RS-09", IsAnswer, t => $"e/dummy-tenant-id/{DeviceTopic.Parse(t).Device}"),
        Rewriting("correlation ids in capitals", "RS-03", (m, e) =>
        {
            if (IsAnswer(m) && e["headers"]?["correlation-id"] is { } id)
                e["headers"]!["correlation-id"] = id.GetValue<string>().ToUpperInvariant();
        }),
        Rewriting("answers without a status in the envelope", "RS-05", (m, e) =>
        {
            if (IsAnswer(m))
                e.AsObject().Remove("status");
        }),
        Rewriting("answers for the tenant's thing", "RS-04", (m, e) =>
        {
            if (IsAnswer(m))
                e["topic"] = Regex.Replace(e["topic"]!.GetValue<string>(), "^[^/]*", "dummy-tenant-id");
        }),
        Rewriting("a value with 204", "RS-11", (m, e) =>
        {
            if (!Answers(m, "start") || Status(m) != 204)
                return;
            e["value"] = "done";
            e["headers"]!["content-type"] = "application/json";
        }),
        Rewriting("create answers another id", "OP-01", (m, e) => OnCreated(m, e, _ => "6d7b2f6e-0000-4000-8000-000000000000")),
        Rewriting("create answers an object", "OP-01", (m, e) => OnCreated(m, e, id => new JsonObject { ["id"] = id })),
        Rewriting("create answers text within text", "OP-01", (m, e) => OnCreated(m, e, id => $"\"{id}\"")),
    ];

    private static IEnumerable<Defect> OfEnvelopes =>
    [
        Rewriting("events in place of commands", "HS-00", (m, e) => OnUplink(m, e, "twin/events/modified")),
        Rewriting("live commands in place of those to the twin", "HS-00", (m, e) => OnUplink(m, e, "live/commands/modify")),
        Rewriting("merge in place of modify", "HS-00", (m, e) => OnUplink(m, e, "twin/commands/merge")),
        Rewriting("paths without features", "HS-00", (m, e) => e["path"] = IsUplink(m) ? PathIn(e).Replace("/features", "", StringComparison.Ordinal) : PathIn(e)),
        Redirecting("another tenant in the topic", "EN-01", IsUplink, t => Regex.Replace(t, "^e/[^/]*/", "e/other/")),
        Redirecting("no tenant in the topic", "EN-01", IsUplink, t => Regex.Replace(t, "^e/[^/]*/", "e//")),
        Redirecting("telemetry in place of events", "EN-01", IsUplink, t => $"t{t[1..]}"),
        Rewriting("the gateway's thing in the envelope", "EN-03", (m, e) =>
        {
            if (IsUplink(m))
                e["topic"] = e["topic"]!.GetValue<string>().Replace(":edge:containers", "", StringComparison.Ordinal);
        }),
        Rewriting("answers wanted to twin commands and metrics", "EN-04", (m, e) =>
        {
            if (IsUplink(m))
                e["headers"]!["response-required"] = true;
        }),
        new Defect("metrics without an envelope", "EN-05")
        {
            Out = m => Now(PathOf(m) == "/features/Metrics/outbox/messages/data" ? m with { Payload = Encoding.UTF8.GetBytes(JsonNode.Parse(m.Payload.Span)!["value"]!.ToJsonString()) } : m),
        },
        new Defect("a state that is no JSON", "EN-05") { Out = m => Now(IsState(m, "PAUSED") ? m with { Payload = "PAUSED"u8.ToArray() } : m) },
        new Defect("quality of service 0", "EN-06") { Out = m => Now(m with { Qos = QualityOfService.AtMostOnce }) },
    ];

    private static IEnumerable<Defect> OfContainers =>
    [
        Rewriting("imageref in small letters", "ST-07", (_, e) => OnStatus(e, s => Rename(s, "imageRef", "imageref"))),
        Rewriting("StartedAt with a capital", "ST-05", (_, e) => OnState(e, s => Rename(s, "startedAt", "StartedAt"))),
        Rewriting("pid as text", "ST-02", (_, e) => OnState(e, s => s["pid"] = s["pid"]!.ToJsonString())),
        Rewriting("a state without a word", "ST-01", (_, e) => OnState(e, s => s.Remove("status"))),
        Rewriting("STARTED in place of RUNNING", "ST-01", (_, e) => OnState(e, s => s["status"] = s["status"]!.GetValue<string>().Replace("RUNNING", "STARTED", StringComparison.Ordinal))),
        Omitting("no DEAD before the deletion", "OP-24", m => IsState(m, "DEAD")),
        Omitting("no deletion", "OP-23", m => m.Text.Contains("/commands/delete", StringComparison.Ordinal)),
        Omitting("no STOPPED after stop", "OP-14", m => IsState(m, "STOPPED")),
    ];

    private static IEnumerable<Defect> OfSoftware =>
    [
        Rewriting("softwareUpdatable in small letters", "FE-02", (_, e) => e["path"] = PathIn(e).Replace("SoftwareUpdatable", "softwareUpdatable", StringComparison.Ordinal)),
        Rewriting("no type of software", "FE-08", (_, e) =>
        {
            if (PathIn(e) == Software)
                e["value"]!["properties"]!["status"]!.AsObject().Remove("softwareModuleType");
        }),
        Rewriting("statuses in small letters", "SU-18", (_, e) => OnOperation(e, o => o["status"] = o["status"]!.GetValue<string>().ToLowerInvariant())),
        Rewriting("downloaded in small letters", "SU-18", (m, e) => OnOperation(e, o => o["status"] = Operation(m) == "DOWNLOADED" ? "downloaded" : o["status"]!.GetValue<string>())),
        Omitting("no INSTALLING", "SU-03", m => Operation(m) == "INSTALLING"),
        Omitting("no end of an installation", "SU-02", m => Operation(m) == "FINISHED_SUCCESS"),
        Omitting("no lastFailedOperation", "SU-17", m => PathOf(m) == LastFailed),
        Rewriting("statuses without correlation id", "SU-04", (_, e) => OnOperation(e, o => o.Remove("correlationId"))),
        Rewriting("statuses with a correlation id of their own", "SU-04", (_, e) => OnOperation(e, o => o["correlationId"] = "mine")),
        Rewriting("FINISHED_ERROR in place of FINISHED_REJECTED", "SU-07", (_, e) =>
            OnOperation(e, o => o["status"] = o["status"]!.GetValue<string>().Replace("FINISHED_REJECTED", "FINISHED_ERROR", StringComparison.Ordinal))),
        Rewriting("dependencies without version", "DE-02", (_, e) =>
        {
            foreach (var (_, dependency) in PathIn(e) == Dependencies ? e["value"]!.AsObject() : [])
                dependency!.AsObject().Remove("version");
        }),
        Rewriting("a progress of 150 %", "RF-schema/software-updatable.last-operation", (m, e) =>
        {
            if (Operation(m) == "DOWNLOADING")
                e["value"]!["progress"] = 150;
        }),
    ];

    private static IEnumerable<Defect> OfTheRest =>
    [
        Twice("each feature twice", "HS-10", (m, _) => IsUplink(m) && PathOf(m).Count(c => c == '/') == 2, TimeSpan.Zero),
        new Defect("no registration under another tenant", "HS-06") { In = Without("tenant-id-conform") },
        new Defect("no registration of another device", "HS-07") { In = Without("device-id-conform") },
        Rewriting("measurements of nobody", "ME-09", (_, e) => OnMetrics(e, s => s.Remove("originator"))),
    ];

    private static void OnCreated(BusMessage message, JsonNode envelope, Func<string, JsonNode> change)
    {
        if (Answers(message, "create") && Status(message) == 200)
            envelope["value"] = change(envelope["value"]!.GetValue<string>());
    }

    private static void OnUplink(BusMessage message, JsonNode envelope, string signal)
    {
        if (IsUplink(message))
            envelope["topic"] = envelope["topic"]!.GetValue<string>().Replace("twin/commands/modify", signal, StringComparison.Ordinal);
    }

    /// <summary>Announcements that contain something do not arrive.</summary>
    private static Func<BusMessage, BusMessage> Without(string text) =>
        m => m.Topic == EdgeTopics.ThingResponse && m.Text.Contains(text, StringComparison.Ordinal) ? m with { Topic = "nowhere" } : m;
}

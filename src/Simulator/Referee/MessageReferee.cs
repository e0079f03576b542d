using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Hono;
using Leda.Harness.Simulator.Referee.Contract;

namespace Leda.Harness.Simulator.Referee;

/// <summary>
/// Holds messages against the contract: JSON text, topic, envelope, schemas, and the rules that no schema can say. Pure, safe for use
/// from several threads, and never throws, whatever the bytes.
/// </summary>
/// <param name="catalogue">The schemas.</param>
public sealed class MessageReferee(SchemaCatalogue catalogue)
{
    private readonly KnownTopics _topics = new();

    /// <summary>Judges a message on the bus.</summary>
    /// <param name="topic">Its MQTT topic.</param>
    /// <param name="payload">Its payload.</param>
    public Judgement Judge(string topic, ReadOnlyMemory<byte> payload)
    {
        var judgement = Listen(topic, payload, null, out var signal);
        signal?.Dispose();
        return judgement;
    }

    /// <summary>Judges an envelope that travels without an MQTT topic, such as an event on a WebSocket.</summary>
    /// <param name="utf8">The envelope's JSON text.</param>
    public Judgement JudgeEnvelope(ReadOnlyMemory<byte> utf8) => Judge("", utf8);

    /// <summary>Judges a message, and tells what was understood.</summary>
    /// <param name="topic">Its MQTT topic; empty for a bare envelope.</param>
    /// <param name="payload">Its payload.</param>
    /// <param name="known">Tells how features were announced.</param>
    /// <param name="signal">The envelope, to be disposed of; <see langword="null"/> if there is none that can be read.</param>
    internal Judgement Listen(string topic, ReadOnlyMemory<byte> payload, IKnownFeatures? known, out Signal? signal)
    {
        signal = null;
        if (topic.Length == 0)
            return JudgeEnvelope(payload, null, known, out signal);
        if (catalogue.ForTopic(topic) is { } schema)
            return JudgePlain(schema, payload);
        if (DeviceTopic.TryParse(topic, out var bus, out var problem))
            return JudgeEnvelope(payload, bus, known, out signal);
        if (!topic.StartsWith("command/", StringComparison.Ordinal) && !topic.StartsWith("c/", StringComparison.Ordinal))
            return Misspelt(topic) is { } misspelt ? Judgement.Of("", [misspelt]) : Judgement.None;
        return Judgement.Of("", [new Finding(
            Rule.Topic, Severity.Error, "topic", "command/[tenant]/[device]/(req/[request-id]/<subject>|res/<request-id>/<status>)", problem,
            "Subjects and request ids have no '/': a real device ignores this message.")]);
    }

    /// <summary>Judges a payload by itself, wherever it comes from, by its schema alone.</summary>
    /// <param name="entry">What it is meant to be, see <see cref="SchemaCatalogue.Find"/>.</param>
    /// <param name="payload">Its JSON text.</param>
    public Judgement JudgeAs(SchemaEntry entry, ReadOnlyMemory<byte> payload) => JudgePlain(catalogue.Get(entry.Id), payload);

    private static Judgement JudgePlain(PayloadSchema schema, ReadOnlyMemory<byte> payload)
    {
        var findings = new List<Finding>();
        if (payload.IsEmpty && schema.MayBeEmpty)
            findings.Add(new Finding(Rule.Schema + schema.Id, Severity.Warning, "", "an object", "nothing", "Leave out a message that says nothing; the self-update agent is known to send it."));
        else if (!schema.IsFree)
        {
            using var document = PayloadText.Read(payload, findings);
            if (document is not null)
                findings.AddRange(schema.Judge(document.RootElement, ""));
        }

        return schema.Judged(findings);
    }

    private Judgement JudgeEnvelope(ReadOnlyMemory<byte> utf8, DeviceTopic? bus, IKnownFeatures? known, out Signal? signal)
    {
        signal = null;
        var findings = new List<Finding>();
        var document = PayloadText.Read(utf8, findings);
        if (document is null)
            return bus is { Kind: DeviceTopicKind.Telemetry } ? Judgement.Of("", [NoEnvelope]) : Judgement.Of("", findings);
        var judgement = JudgeEnvelope(document, bus, known, findings, out signal);
        if (signal is null)
            document.Dispose();
        return judgement;
    }

    private Judgement JudgeEnvelope(JsonDocument document, DeviceTopic? bus, IKnownFeatures? known, List<Finding> findings, out Signal? signal)
    {
        signal = null;
        var json = document.RootElement;
        if ((bus is { Kind: DeviceTopicKind.Telemetry } || bus is { Kind: DeviceTopicKind.Event }) && !LooksLikeEnvelope(json))
            return Judgement.Of("", [NoEnvelope]);
        if (!Envelope.TryRead(json, out var envelope, out var problem))
        {
            findings.Add(new Finding(
                Rule.Envelope, Severity.Error, "", "a Ditto envelope", problem, "Send one object with 'topic', 'headers' and 'path'; container-management ends on a command without them."));
            return Judgement.Of("", findings);
        }

        if (_topics.TryParse(envelope.Topic, out var topic, out problem))
        {
            signal = new Signal(envelope, topic, bus, known, document);
            return new SignalJudge(catalogue, signal, json, findings).Judge();
        }

        if (IsOtherGroup(envelope.Topic))
            return Judgement.None;
        findings.Add(new Finding(
            Rule.EnvelopeTopic, Severity.Error, "/topic", "<namespace>/<name>/things/<channel>/<criterion>/<action>", problem, "Write the whole topic; Ditto drops the message otherwise."));
        return Judgement.Of("", findings);
    }

    /// <summary>A topic of the contract but for its case, or for a slash too many: nobody listens there.</summary>
    private Finding? Misspelt(string topic)
    {
        var known = topic.Trim('/').ToLowerInvariant();
        return catalogue.ForTopic(known) is null
            ? null
            : new Finding(Rule.Topic, Severity.Warning, "topic", $"'{known}'", $"'{Words.Short(topic)}'", "Write it so: MQTT tells upper and lower case apart, and each '/' counts.");
    }

    /// <summary>Hono carries whatever a device sends as telemetry or event (<c>connectors-and-leda.md</c> 1.5), but a twin hears envelopes alone.</summary>
    private static Finding NoEnvelope { get; } = new(
        Rule.Envelope, Severity.Warning, "", "a Ditto envelope", "something else",
        "Nothing is wrong if it is meant for others; to reach a twin send one object with 'topic', 'headers' and 'path'.");

    /// <summary>What names a topic or a path means to be an envelope.</summary>
    private static bool LooksLikeEnvelope(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && (json.TryGetProperty("topic"u8, out _) || json.TryGetProperty("path"u8, out _));

    /// <summary>Policies, connections, and questions about many things at once: Ditto's, but not of this flow.</summary>
    private static bool IsOtherGroup(string topic) =>
        topic.Split('/', 4) is [_, _, "policies" or "connections", ..] or ["_", ..];
}

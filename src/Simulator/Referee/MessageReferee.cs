using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Hono;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Simulator.Referee;

/// <summary>
/// Holds messages against the contract: JSON text, topic, envelope, schemas, and the rules that no schema can say. Pure, safe for use
/// from several threads, and never throws, whatever the bytes.
/// </summary>
/// <param name="catalogue">The schemas.</param>
public sealed class MessageReferee(SchemaCatalogue catalogue)
{
    /// <summary>Judges a message on the bus.</summary>
    /// <param name="topic">Its MQTT topic.</param>
    /// <param name="payload">Its payload.</param>
    public Judgement Judge(string topic, ReadOnlyMemory<byte> payload)
    {
        _ = catalogue.Entries;
        return topic == EdgeTopics.ThingRequest || !DeviceTopic.TryParse(topic, out _, out _) ? Judgement.None : JudgeEnvelope(payload);
    }

    /// <summary>Judges an envelope that travels without an MQTT topic, such as an event on a WebSocket.</summary>
    /// <param name="utf8">The envelope's JSON text.</param>
    public Judgement JudgeEnvelope(ReadOnlyMemory<byte> utf8)
    {
        _ = catalogue.Entries;
        if (!JsonText.TryParse(utf8.Span, out var json, out var problem) || !Envelope.TryRead(json, out _, out problem))
            return Judgement.Of("", [new Finding("envelope/shape", Severity.Error, "", "a Ditto envelope", problem, "Send one JSON object with 'topic' and 'path'.")]);
        return Judgement.Of("", []);
    }
}

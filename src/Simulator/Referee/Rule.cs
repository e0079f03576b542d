namespace Leda.Harness.Simulator.Referee;

/// <summary>The ids of the rules; they are stable, people filter by them.</summary>
internal static class Rule
{
    /// <summary>Followed by a schema's id: a value deviates from its schema.</summary>
    public const string Schema = "schema/";

    /// <summary>No schema knows this feature, property or operation.</summary>
    public const string NoSchema = "schema/none";

    /// <summary>There were more findings than one judgement holds.</summary>
    public const string More = "referee/more";

    /// <summary>Strict JSON: no comments, no duplicate keys, nothing after the value, valid Unicode, not too deep (<c>payloads.md</c> 1.2).</summary>
    public const string JsonText = "json/text";

    /// <summary>No two keys of an object differ in case alone: Go takes them for the same.</summary>
    public const string JsonCase = "json/case";

    /// <summary>Numbers fit the types that receivers have.</summary>
    public const string JsonNumber = "json/number";

    /// <summary>A device topic follows Hono's grammar.</summary>
    public const string Topic = "topic/grammar";

    /// <summary>The payload of a device topic is a Ditto envelope.</summary>
    public const string Envelope = "envelope/shape";

    /// <summary>The envelope's topic can be read.</summary>
    public const string EnvelopeTopic = "envelope/topic";

    /// <summary>The envelope's path fits its topic.</summary>
    public const string EnvelopePath = "envelope/path";

    /// <summary>SEM-15: the bus topic's device is the envelope's thing.</summary>
    public const string SameThing = "SEM-15/thing";

    /// <summary>SEM-15: a live message's subject is the same in topic, path and bus topic.</summary>
    public const string SameSubject = "SEM-15/subject";

    /// <summary>SEM-01: a dependency's key is made of its fields.</summary>
    public const string DependencyKey = "SEM-01";

    /// <summary>A command carries a correlation id.</summary>
    public const string CorrelationId = "headers/correlation-id";

    /// <summary>A command says whether it wants an answer, and can get one.</summary>
    public const string ResponseRequired = "headers/response-required";

    /// <summary>There is a content type exactly when there is a value.</summary>
    public const string ContentType = "headers/content-type";

    /// <summary>A response has a status, nothing else has, and the bus topic repeats it.</summary>
    public const string ResponseStatus = "response/status";

    /// <summary>An executed operation is answered on the outbox path.</summary>
    public const string ResponsePath = "response/path";

    /// <summary>A 204 has no value, an error's value repeats the status.</summary>
    public const string ResponseValue = "response/value";
}

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

    /// <summary>SEM-03: one feature for each kind of software.</summary>
    public const string SoftwareType = "SEM-03";

    /// <summary>SEM-04: a software operation goes through its states in their order.</summary>
    public const string Transition = "SEM-04";

    /// <summary>SEM-04: progress does not go back inside one state.</summary>
    public const string Progress = "SEM-04/progress";

    /// <summary>SEM-04: a failure is written to lastFailedOperation first.</summary>
    public const string FailedFirst = "SEM-04/failed";

    /// <summary>SEM-04: INSTALLED comes before FINISHED_SUCCESS.</summary>
    public const string InstalledFirst = "SEM-04/installed";

    /// <summary>SEM-05: a status belongs to a command.</summary>
    public const string Orphan = "SEM-05";

    /// <summary>SEM-06: a status speaks of what its command named.</summary>
    public const string StatusSubject = "SEM-06";

    /// <summary>SEM-07: one file has one size and one set of checksums.</summary>
    public const string ArtifactFile = "SEM-07";

    /// <summary>SEM-08: ranges of ports are ranges, and no host port is taken twice.</summary>
    public const string Ports = "SEM-08";

    /// <summary>SEM-09: memory limits fit each other.</summary>
    public const string Memory = "SEM-09";

    /// <summary>SEM-10: no two settings of a container exclude each other.</summary>
    public const string Exclusion = "SEM-10";

    /// <summary>SEM-11: what runs has a process id, what does not has none.</summary>
    public const string ProcessId = "SEM-11";

    /// <summary>SEM-12: metrics carry the time in seconds.</summary>
    public const string MetricsTime = "SEM-12";

    /// <summary>SEM-13: feedback is about a known activity.</summary>
    public const string Activity = "SEM-13";

    /// <summary>SEM-14: associations join nodes that exist.</summary>
    public const string Associations = "SEM-14";

    /// <summary>SEM-16: an upload is started with an id that was announced.</summary>
    public const string UploadId = "SEM-16";

    /// <summary>SEM-17: a cancel names what the running action named.</summary>
    public const string Cancel = "SEM-17";

    /// <summary>Both ids of a response are those of one command.</summary>
    public const string ResponseMatch = "response/match";

    /// <summary>A response answers a command.</summary>
    public const string ResponseUnasked = "response/unasked";

    /// <summary>A command is answered once.</summary>
    public const string ResponseOnce = "response/once";

    /// <summary>A command that wants no answer gets none.</summary>
    public const string ResponseOneWay = "response/one-way";

    /// <summary>A response comes in time.</summary>
    public const string ResponseLate = "response/late";

    /// <summary>A response speaks of the operation that was asked for.</summary>
    public const string ResponseOperation = "response/operation";

    /// <summary>Nobody speaks for a thing before it knows who it is.</summary>
    public const string IdentityBefore = "identity/before";

    /// <summary>A thing has the name of its gateway.</summary>
    public const string IdentityEmpty = "identity/empty";

    /// <summary>The tenant is not the namespace.</summary>
    public const string IdentityTenant = "identity/tenant";

    /// <summary>A feature is announced before it is changed.</summary>
    public const string FeatureAnnounced = "feature/announced";

    /// <summary>The revisions of a thing grow.</summary>
    public const string Revision = "twin/revision";

    /// <summary>The gateway's own agents get their commands on topics without a device.</summary>
    public const string GatewayForm = "command/gateway-form";
}

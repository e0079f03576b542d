using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Api;

/// <summary>Errors of the gateway, by Ditto's own ids (<c>ditto.md</c> 4.6).</summary>
internal static class ApiError
{
    public static DittoError VersionNotSupported(string version) => new(
        404, "api.version.notsupported", $"The version '{version}' of the API is not supported.", "Use version 2.");

    public static DittoError NotAuthenticated() => new(
        401, "gateway:authentication.failed", "The request is not authenticated.", "Send user and password (HTTP Basic).");

    public static DittoError MediaType(string? type, string expected) => new(
        415, "mediatype.unsupported", $"The media type '{type}' is not supported here.", $"Send '{expected}'.");

    public static DittoError JsonInvalid(string problem) => new(
        400, "json.invalid", "The body is not valid JSON.", problem);

    public static DittoError DuplicateHeader(string name) => new(
        400, "gateway:duplicate.header.field", $"The header '{name}' is given more than once.", "Give it once, as header or as query parameter.");

    public static DittoError HeadersTooLarge(int size) => new(
        431, "headers.too.large", $"The headers have {size} characters; at most {ApiHeaders.MaxSize} are allowed.", "Send fewer or shorter headers.");

    public static DittoError HeaderInvalid(string name, string expected) => new(
        400, "header.invalid", $"The value of the header '{name}' is invalid: {expected}.", "Correct the header, or leave it out.");

    public static DittoError TargetInvalid() => new(
        400, "gateway:query.parameter.invalid", "The request's address has a control character in it.", "Percent-encode it.");

    public static DittoError NoWebSocket() => new(
        400, "gateway:websocket.upgrade.missing", "This address serves WebSockets only.", "Open it with ws:// and a WebSocket client.");

    public static DittoError TimeoutInvalid(string timeout, TimeSpan most) => new(
        400, "gateway:timeout.invalid", $"The timeout '{timeout}' is invalid.", $"Give it as '10', '500ms', '10s' or '1m', at most {most.TotalSeconds:0} s.");

    public static DittoError IdInvalid(string id, string problem) => new(
        400, "things:id.invalid", $"The thing id '{id}' is invalid: {problem}.", "Use <namespace>:<name>.");

    public static DittoError IdNotSettable() => new(
        400, "things:id.notsettable", "The id of a new thing cannot be chosen with POST.", "Use PUT /things/<id>, or leave 'thingId' out.");

    public static DittoError SubjectInvalid() => new(
        400, "messages:subject.invalid", "The message has no subject.", "Use …/messages/<subject>.");

    public static DittoError MessageTooLarge(long most) => new(
        413, "messages:payload.toolarge", $"The message's payload is larger than {most} bytes.", "Send less at once.");

    public static DittoError NotCreatableLive() => new(
        405, "things:thing.notcreatable", "A thing cannot be created on the live channel.", "Leave 'channel' out.");

    public static DittoError LiveConditionNotAllowed(string method) => new(
        405, "things:live.channelcondition.notallowed", $"'live-channel-condition' is not allowed with {method}.", "Use it with GET.");

    public static DittoError TooLarge(long most) => new(
        413, "things:thing.toolarge", $"The body is larger than {most} bytes.", "Send less at once.");

    public static DittoError ParameterMissing(string name) => new(
        400, "gateway:query.parameter.invalid", $"The query parameter '{name}' is missing or empty.", $"Give '{name}' a value.");

    public static DittoError NotKept(string problem) => new(
        503, "things:thing.unavailable", "The change is in effect, but could not be written to disk: a restart may lose it.", problem);

    public static DittoError StreamDropped(int most) => new(
        429, "gateway:sse.signals.dropped", $"The stream ends here: it is read slower than signals come, and {most} wait already.",
        "Read faster, or ask for less with 'filter', 'ids' or 'namespaces'; what was missed can be read from the things.");

    public static DittoError Internal() => new(
        500, "gateway:internalerror", "The harness failed to answer; this is a defect of it.", "See its standard error output, and report it.");
}

using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>The rules of reading: text, topic, envelope, schema.</summary>
internal static class ReadingRules
{
    private static readonly ExampleMessage _stop = Command(Container, "stop");
    private static readonly ExampleMessage _state = Modify(State, """{"status":"CREATED","pid":-1}""");

    public static IReadOnlyList<ReadingRule> All { get; } =
    [
        new(
            Rule.JsonText, Severity.Error, "A payload is one JSON value in UTF-8: no comments, no trailing commas, no repeated keys, nothing after it.",
            "Send UTF-8 JSON without comments, trailing commas or repeated keys; {} at least.", "payloads.md 1.2", _stop, _stop with { Payload = _stop.Payload + " x" }),
        new(
            Rule.JsonCase, Severity.Error, "No two keys of an object differ in case alone.",
            "Keep one of the two: Go programs take them for the same member, and the last one wins.", "payloads.md 1.2",
            _stop, _stop with { Payload = "{\"HEADERS\":{}," + _stop.Payload[1..] }),
        new(
            Rule.JsonNumber, Severity.Error, "Numbers fit 64 bits.", "Send a smaller number, or a string.", "payloads.md 1.3",
            Modify("x", "1e99"), Modify("x", "1e999")),
        new(
            Rule.Topic, Severity.Error, "A device topic follows Hono's grammar: command/[tenant]/[device]/req/[request-id]/<subject> and its sisters.",
            "Subjects and request ids have no '/': a real device ignores this message.", "connectors-and-leda.md 1.5, 1.6 and 7",
            _stop, _stop with { Topic = _stop.Topic + "/now" }),
        new(
            Rule.Envelope, Severity.Error, "The payload of a device topic is a Ditto envelope.",
            "Send one object with 'topic', 'headers' and 'path'; container-management ends on a command without them.", "ditto.md 1.1; connectors-and-leda.md 1.10",
            _stop, _stop with { Payload = "{}" }),
        new(
            Rule.EnvelopeTopic, Severity.Error, "The topic of an envelope is <namespace>/<name>/things/<channel>/<criterion>/<action>.",
            "Write the whole topic; Ditto drops the message otherwise.", "ditto.md 1.2",
            _stop, _stop with { Payload = _stop.Payload.Replace("/live/", "/life/", StringComparison.Ordinal) }),
        new(
            Rule.Schema, Severity.Error, "A value keeps its schema; the id of the rule ends with that of the schema.",
            "The finding says what stands where and what is expected; see schemas/.", "payloads.md 1.1 and 2 to 11",
            _state, Modify(State, """{"status":"Created","pid":-1}""")),
        new(
            Rule.NoSchema, Severity.Info, "A feature, property or operation has a schema.",
            "Nothing is wrong: only the envelope was judged.", "payloads.md 1.1", _state, Modify("x", "{}")),
        new(
            Rule.More, Severity.Info, "A judgement has no more findings than anybody wants to read.",
            "Repair the first ones, then look again.", "style of this project", _state, Modify("x", $"[{string.Join(',', Enumerable.Repeat("1e999", Judgement.MostFindings + 1))}]")),
    ];
}

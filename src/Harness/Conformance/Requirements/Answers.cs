using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Hono;

namespace Leda.Harness.Conformance.Requirements;

/// <summary>RS: what all answers have in common, looked at in the end over all commands.</summary>
internal static class Answers
{
    private static readonly Dictionary<int, string> _errors = new()
    {
        [400] = "messages:parameter.invalid",
        [404] = "messages:subject.notfound",
        [500] = "messages:execution.failed",
    };

    /// <summary>All of them.</summary>
    public static IEnumerable<Requirement> All =>
    [
        new("RS-01", "A command is answered once.", Kanto.Section("2.5")) { Rules = ["response/"], Play = OnceAsync },
        Each("RS-02", "An answer comes in time.", "within the time limit", LateFault, "response/late") with { Explains = ["RO"] },
        Each("RS-03", "An answer carries the correlation id of the command.", "the command's correlation-id", CorrelationFault, "headers/correlation-id", "response/match"),
        Each("RS-04", "An answer repeats the command's topic.", "the command's topic", (x, a) => a.Envelope!.Topic == x.Request.Topic ? null : a.Envelope.Topic, "SEM-15/thing", "response/match", "schema/ditto"),
        Each("RS-05", "An answer has one status: the bus topic and the envelope say the same.", "the same status twice", StatusFault, "response/status", "schema/"),
        Each("RS-06", "An operation that was carried out is answered on the outbox path.", "/features/…/outbox/messages/…",
            (x, a) => !x.Command.IsWellFormed || a.Envelope!.Path == Outbox(x) ? null : a.Envelope.Path, "response/path", "SEM-15", "schema/"),
        Each("RS-07", "A command that was refused unread is answered on its own path.", "the command's path", (x, a) => x.Command.IsWellFormed || a.Envelope!.Path == x.Request.Path ? null : a.Envelope.Path),
        Each("RS-08", "An answer has a content type exactly if it has a value.", "application/json with a value, none without", ContentFault, "headers/content-type"),
        Each("RS-09", "An answer goes out on command//<thing id>/res/<request id>/<status>.", "command//<thing id>/res/<request id>/<status>", TopicFault, "topic/grammar", "SEM-15", "response/", "schema/"),
        Each("RS-10", "An error says its code, its status and why.", """{"error":…,"status":…,"message":…}""", ErrorFault, "response/value", "schema/ditto.error"),
        Each("RS-11", "An answer with the status 204 has no value.", "no value", (x, a) => x.Status == 204 && a.Value is { } value ? Json.Show(value) : null, "response/value"),
    ];

    private static Requirement Each(string id, string sentence, string expected, Func<Exchange, DeviceMessage, string?> fault, params string[] rules) =>
        new(id, sentence, Kanto.Section("2.5"))
        {
            Rules = rules,
            Play = trial =>
            {
                var answered = trial.Device.Exchanges.Where(x => x.Command.WantsAnswer && x.Answer?.Envelope is not null).DistinctBy(x => x.Answer!.Entry.Sequence)
                    .ToDictionary(x => x.Answer!.Entry.Sequence);
                trial.ExpectAll(answered.Values.Select(x => x.Answer!), "answers", expected, a => fault(answered[a.Entry.Sequence], a));
                return Task.CompletedTask;
            },
        };

    private static Task OnceAsync(Trial trial)
    {
        var answers = trial.Device.Said().Where(m => m.IsAnswer).ToList();
        var twice = trial.Device.Exchanges.Where(x => x.Command.WantsAnswer)
            .Select(x => answers.Where(x.IsAnsweredBy).ToList()).Where(a => a.Count > 1).ToList();
        foreach (var answer in twice.SelectMany(a => a))
            trial.Look(answer);
        Trial.Expect(twice.Count == 0, "one answer to each command", $"{twice.FirstOrDefault()?.Count} answers to one", [.. twice.SelectMany(a => a).Select(a => a.Entry)]);
        return Task.CompletedTask;
    }

    private static string? LateFault(Exchange exchange, DeviceMessage answer)
    {
        var took = answer.Entry.At - exchange.Sent;
        return took <= exchange.Limit ? null : $"{exchange.Command.Operation} answered after {took.TotalSeconds:0.0} s; the limit is {exchange.Limit.TotalSeconds:0} s";
    }

    private static string? CorrelationFault(Exchange exchange, DeviceMessage answer) =>
        answer.Envelope!.Headers.CorrelationId == exchange.Request.Headers.CorrelationId
            ? null
            : $"{answer.Envelope.Headers.CorrelationId ?? "none"} in place of {exchange.Request.Headers.CorrelationId ?? "none"}";

    private static string? StatusFault(Exchange exchange, DeviceMessage answer) => answer.Topic is { Status: > 0 } topic && topic.Status != answer.Envelope!.Status
        ? $"{topic.Status} in the topic, {answer.Envelope.Status?.ToString() ?? "none"} in the envelope"
        : null;

    private static string? ContentFault(Exchange exchange, DeviceMessage answer)
    {
        var type = answer.Envelope!.Headers.Find("content-type") is { } header ? header.ToString() : null;
        return type == (answer.Value is null ? null : DittoHeaders.JsonContentType) ? null : $"{type ?? "no content type"} with {(answer.Value is null ? "no value" : "a value")}";
    }

    private static string? TopicFault(Exchange exchange, DeviceMessage answer)
    {
        return answer.Topic is { Kind: DeviceTopicKind.CommandResponse, IsShort: false, Tenant: "" } topic && topic.RequestId == exchange.RequestId
            && topic.Device == exchange.Device ? null : answer.Entry.Topic;
    }

    private static string? ErrorFault(Exchange exchange, DeviceMessage answer)
    {
        if (exchange.Status is not >= 400)
            return null;
        var status = exchange.Status.Value;
        var isWhole = Json.Number(answer.Value, "status") == status && Json.Text(answer.Value, "message") is not null
            && (!_errors.TryGetValue(status, out var code) || Json.Text(answer.Value, "error") == code);
        return isWhole ? null : Json.Show(answer.Value);
    }

    private static string Outbox(Exchange exchange) => exchange.Request.Path.Replace("/inbox/", "/outbox/", StringComparison.Ordinal);
}

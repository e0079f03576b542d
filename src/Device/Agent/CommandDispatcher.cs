using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Leda.Harness.Device.Features;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Device.Agent;

/// <summary>
/// Carries out commands, whatever arrives, in the order of checks that was measured on the original
/// (<c>kanto-container-management.md</c> 2.5; the numbers in the comments are the rows of its table).
/// </summary>
/// <param name="features">Finds a feature's operations.</param>
/// <param name="respond">Takes the answers.</param>
/// <param name="log">Told about what a one-way command cannot be told.</param>
internal sealed class CommandDispatcher(FeatureCatalog features, Func<BusMessage, ValueTask> respond, Action<string> log)
{
    private const string UnknownTopic = "unknown/unknown/things/twin/errors";

    /// <summary>Carries out one command and answers it if it wants an answer.</summary>
    public async Task HandleAsync(IncomingCommand command)
    {
        if (!Envelope.TryParse(command.Payload.Span, StringComparison.OrdinalIgnoreCase, out var request, out var problem) || !HasThreeSegments(request.Topic, out problem))
        {
            // 1-3. The original dies here; this is what it means to answer.
            await AnswerAsync(command, MayWantAnswer(command.Payload.Span), UnknownTopic, "/", null, DittoError.ParameterInvalid(problem));
            return;
        }

        var twoWay = request.Headers.ResponseRequired == true;
        var correlation = request.Headers.CorrelationId is { Length: > 0 } id ? id : null;
        var refusal = Check(command, request, correlation, out var path);
        if (refusal is not null)
        {
            await AnswerAsync(command, twoWay, request.Topic, request.Path, correlation, refusal.Value);
            return;
        }

        var result = await ExecuteAsync(path, request.Value);
        await AnswerAsync(command, twoWay, request.Topic, path.ToOutbox().ToString(), correlation, result);
        if (result.Next is { } next)
            await next();
    }

    /// <summary>The first check that fails, or nothing and where the message goes.</summary>
    private OperationResult? Check(IncomingCommand command, Envelope request, string? correlation, out MessagePath path)
    {
        path = default;
        var device = command.Topic.Device;
        if (correlation is null) // 4
            return Invalid(device, "missing or empty correlation-id header");
        if (CheckContentType(request) is { } problem) // 5
            return Invalid(device, problem);
        if (command.Thing is not { } thing || !IsFor(thing, request.Topic)) // 6
            return DittoError.SubjectNotFound($"thing of topic [{request.Topic}] not found");
        if (!MessagePath.TryParse(request.Path, out path, out problem) || path.Direction != MessageDirection.Inbox) // 8
            return Invalid(device, $"unsupported path [{request.Path}]");
        if (path.FeatureId is null) // 9
            return DittoError.SubjectNotFound($"unsupported operation {path.Subject}");
        if (features.Find(path.FeatureId) is null) // 7
            return DittoError.ParameterInvalid($"feature [{path.FeatureId}] not found ");
        return null;
    }

    // 11. (10, a feature without operations, happens to the original after an echoed event; ours keep theirs.)
    private async Task<OperationResult> ExecuteAsync(MessagePath path, JsonElement? argument)
    {
        try
        {
            return features.Find(path.FeatureId!) is { } operations
                ? await operations.InvokeAsync(path.Subject, argument is { ValueKind: JsonValueKind.Null } ? null : argument)
                : DittoError.ParameterInvalid($"feature [{path.FeatureId}] not found ");
        }
        catch (Exception e) // Nothing that arrives from outside may end the agent; this is the answer to any other failure.
        {
            log($"the operation {path} failed unexpectedly, please report: {e}");
            return DittoError.ExecutionFailed(e.Message);
        }
    }

    private async ValueTask AnswerAsync(
        IncomingCommand command, bool twoWay, string topic, string path, string? correlation, OperationResult result)
    {
        if (!twoWay || command.Topic.RequestId.Length == 0)
        {
            if (result.Error is { } error)
                log($"the one-way command on {command.Topic} failed: {error.Message}");
            return;
        }

        var value = result.Error?.ToJson() ?? result.Value;
        var response = new Envelope
        {
            Topic = topic,
            Headers = DittoHeaders.Of(correlation, contentType: value is null ? null : DittoHeaders.JsonContentType),
            Path = path,
            Value = value,
            Status = result.Status,
        };
        await respond(new BusMessage(command.Topic.Response(result.Status).ToString(), response.ToUtf8()));
    }

    private static bool HasThreeSegments(string topic, [NotNullWhen(false)] out string? problem)
    {
        problem = topic.Count(c => c == '/') >= 2 ? null : $"the topic '{topic}' has less than three segments";
        return problem is null;
    }

    /// <summary>Whether a command that is no envelope wants an answer: unless it says that it does not, as far as it can be read.</summary>
    private static bool MayWantAnswer(ReadOnlySpan<byte> payload) =>
        !JsonText.TryParse(payload, out var json, out _) || json.ValueKind != JsonValueKind.Object
        || Headers(json) is not { ValueKind: JsonValueKind.Object } headers || DittoHeaders.From(headers).ResponseRequired == true;

    private static JsonElement Headers(JsonElement json) =>
        json.EnumerateObject().LastOrDefault(m => string.Equals(m.Name, "headers", StringComparison.OrdinalIgnoreCase)).Value;

    private static string? CheckContentType(Envelope request)
    {
        var given = request.Headers.Find("content-type") is { ValueKind: not JsonValueKind.Null } header ? header.ToString() : null;
        var hasValue = request.Value is { ValueKind: not JsonValueKind.Null };
        return (hasValue, given) switch
        {
            (true, null) => "missing content type header",
            (true, not DittoHeaders.JsonContentType) => $"unsupported content type [{given}]",
            (false, not null) => "unexpected content type header",
            _ => null,
        };
    }

    // Only the first two segments are looked at.
    private static bool IsFor(ThingId thing, string topic) =>
        topic.StartsWith($"{thing.Namespace}/{thing.Name}/", StringComparison.Ordinal);

    private static OperationResult Invalid(string device, string problem) =>
        DittoError.ParameterInvalid($"invalid Ditto message received for device id [{device}]: {problem}");
}
